#include "evidence/w3c_scan.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#define IISDIAG_SSE2 1
#include <emmintrin.h>
#endif

namespace iisdiag::evidence {
namespace {

bool ends_field(char byte) { return static_cast<unsigned char>(byte) <= ' '; }

char at(std::string_view text, std::size_t place) {
  return place < text.size() ? text[place] : '\n';
}

// The next two are what the vectors below compute.
bool is_status(std::string_view text, std::size_t place) {
  const char first = at(text, place + 1);
  const int both = at(text, place + 2) | at(text, place + 3);
  return ends_field(text[place]) && (first == '4' || first == '5') &&
         (both | 3) == '3';
}

bool is_odd_line(std::string_view text, std::size_t place) {
  return text[place] == '\n' && place + 1 < text.size() &&
         static_cast<unsigned char>(text[place + 1]) <= '#';
}

#ifdef IISDIAG_SSE2

// What these instructions do is what this is about, and they work on bytes
// behind a pointer. The scalar functions stand in where there are none.
// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic)

__m128i load(const char* from) {
  // The instruction takes any address.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

__m128i up_to(__m128i bytes, char most) {
  return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(most)), bytes);
}

__m128i line_feeds_of(__m128i bytes) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
}

// A call would take longer than what is done in it.
#ifdef _MSC_VER
#define IISDIAG_INLINE __forceinline
#else
#define IISDIAG_INLINE __attribute__((always_inline)) inline
#endif

// The places of hits in the 16 bytes at `from`; reads three more. Counts line
// feeds in each byte of `count`.
IISDIAG_INLINE __m128i hits_at(const char* from, __m128i& count) {
  const __m128i here = load(from);
  const __m128i next = load(from + 1);
  const __m128i feeds = line_feeds_of(here);
  count = _mm_sub_epi8(count, feeds);
  const __m128i first =
      _mm_cmpeq_epi8(_mm_or_si128(next, _mm_set1_epi8(1)), _mm_set1_epi8('5'));
  const __m128i digits =
      _mm_cmpeq_epi8(_mm_or_si128(_mm_or_si128(load(from + 2), load(from + 3)),
                                  _mm_set1_epi8(3)),
                     _mm_set1_epi8('3'));
  const __m128i status =
      _mm_and_si128(_mm_and_si128(first, digits), up_to(here, ' '));
  return _mm_or_si128(status, _mm_and_si128(feeds, up_to(next, '#')));
}

unsigned bits(__m128i bytes) {
  return static_cast<unsigned>(_mm_movemask_epi8(bytes));
}

unsigned blanks_at(const char* from) {
  return bits(_mm_cmpeq_epi8(load(from), _mm_set1_epi8(' ')));
}

std::uint64_t sum(__m128i count) {
  const __m128i halves = _mm_sad_epu8(count, _mm_setzero_si128());
  return static_cast<std::uint64_t>(_mm_cvtsi128_si32(halves)) +
         static_cast<std::uint64_t>(
             _mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
}

// As next_hit, as far as whole vectors reach; `found` tells a hit from an end.
std::size_t next_hit_vectors(std::string_view text, std::size_t from,
                             std::uint64_t& line_feeds, bool& found) {
  constexpr std::size_t kStep = 64;
  constexpr std::size_t kAhead =
      4;  // bytes that a hit reaches behind its place
  // A byte counts to 255, four vectors a step.
  constexpr unsigned kSteps = 63;
  // The work on one line of the cache is so long that the processor does not
  // see the next ones coming: without this, four times slower from memory.
  constexpr std::size_t kPrefetch = 2048;
  std::size_t place = from;
  const std::size_t end = text.size();
  while (place + kStep + kAhead <= end) {
    __m128i count = _mm_setzero_si128();
    unsigned step = 0;
    for (; step < kSteps && place + kStep + kAhead <= end;
         ++step, place += kStep) {
      const char* const here = text.data() + place;
      _mm_prefetch(text.data() + std::min(place + kPrefetch, end - 1),
                   _MM_HINT_T0);
      __m128i more = count;
      const __m128i one = hits_at(here, more);
      const __m128i two = hits_at(here + 16, more);
      const __m128i three = hits_at(here + 32, more);
      const __m128i four = hits_at(here + 48, more);
      const __m128i any =
          _mm_or_si128(_mm_or_si128(one, two), _mm_or_si128(three, four));
      if (bits(any) != 0) {
        const std::uint64_t hits = bits(one) |
                                   (std::uint64_t{bits(two)} << 16U) |
                                   (std::uint64_t{bits(three)} << 32U) |
                                   (std::uint64_t{bits(four)} << 48U);
        const std::uint64_t feeds =
            bits(line_feeds_of(load(here))) |
            (std::uint64_t{bits(line_feeds_of(load(here + 16)))} << 16U) |
            (std::uint64_t{bits(line_feeds_of(load(here + 32)))} << 32U) |
            (std::uint64_t{bits(line_feeds_of(load(here + 48)))} << 48U);
        const std::uint64_t before = (hits & (~hits + 1)) - 1;
        line_feeds += sum(count) +
                      static_cast<std::uint64_t>(std::popcount(feeds & before));
        found = true;
        return place + static_cast<std::size_t>(std::countr_zero(hits));
      }
      count = more;
    }
    line_feeds += sum(count);
  }
  return place;
}

// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)

#endif

}  // namespace

std::size_t next_hit_scalar(std::string_view text, std::size_t from,
                            std::uint64_t& line_feeds) {
  for (std::size_t place = from; place < text.size(); ++place) {
    if (is_status(text, place) || is_odd_line(text, place)) {
      return place;
    }
    line_feeds += text[place] == '\n' ? 1U : 0U;
  }
  return text.size();
}

std::size_t next_hit(std::string_view text, std::size_t from,
                     std::uint64_t& line_feeds) {
#ifdef IISDIAG_SSE2
  bool found = false;
  from = next_hit_vectors(text, from, line_feeds, found);
  if (found) {
    return from;
  }
#endif
  return next_hit_scalar(text, from, line_feeds);
}

std::size_t split_fields(std::string_view line,
                         std::span<std::uint32_t> starts) {
  std::size_t count = 0;
  const auto begin = [&](std::size_t place) {
    if (count < starts.size()) {
      starts[count] = static_cast<std::uint32_t>(place);
    }
    ++count;
    return count <= starts.size();
  };
  begin(0);
  std::size_t place = 0;
#ifdef IISDIAG_SSE2
  for (; place + 16 <= line.size(); place += 16) {
    unsigned blanks = blanks_at(&line[place]);
    for (; blanks != 0; blanks &= blanks - 1) {
      if (!begin(place + static_cast<std::size_t>(std::countr_zero(blanks)) +
                 1)) {
        return count;
      }
    }
  }
#endif
  for (; place < line.size(); ++place) {
    if (line[place] == ' ' && !begin(place + 1)) {
      return count;
    }
  }
  return count;
}

std::size_t line_begin(std::string_view text, std::size_t place) {
#ifdef IISDIAG_SSE2
  while (place >= 16) {
    const unsigned feeds = bits(line_feeds_of(load(&text[place - 16])));
    if (feeds != 0) {
      return place - 16 + static_cast<std::size_t>(std::bit_width(feeds));
    }
    place -= 16;
  }
#endif
  while (place > 0 && text[place - 1] != '\n') {
    --place;
  }
  return place;
}

std::size_t line_end(std::string_view text, std::size_t place) {
  if (place >= text.size()) {
    return text.size();
  }
  const void* const feed = std::memchr(&text[place], '\n', text.size() - place);
  return feed == nullptr ? text.size()
                         : static_cast<std::size_t>(
                               static_cast<const char*>(feed) - text.data());
}

}  // namespace iisdiag::evidence
