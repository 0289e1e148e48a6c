// Finds the few lines of a text log that are worth a look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace iisdiag::evidence {

// The next place at or behind `from` where
//   a byte up to the blank is followed by three digits that may be a wanted
//   status: 4 or 5, then twice 0 to 3, as 401, 403, 500, 503 and 530 are (the
//   test is so rough that some other bytes are hits too), or
//   a line feed is followed by a byte up to '#': a directive, an empty line.
// text.size() where there is none. Adds to `line_feeds` how many stand from
// `from` up to the place, without the one there. What is behind the end
// counts as a line feed.
std::size_t next_hit(std::string_view text, std::size_t from,
                     std::uint64_t& line_feeds);
// The same one byte after the other, for processors without SSE2 and to compare
// with.
std::size_t next_hit_scalar(std::string_view text, std::size_t from,
                            std::uint64_t& line_feeds);

// Where the fields of a line begin that single blanks divide, into `starts`,
// and how many there are; starts.size() + 1 where there are more.
std::size_t split_fields(std::string_view line,
                         std::span<std::uint32_t> starts);

// Where the line that holds `place` begins: behind the last line feed before
// it, or 0.
std::size_t line_begin(std::string_view text, std::size_t place);
// Its line feed, or text.size().
std::size_t line_end(std::string_view text, std::size_t place);

}  // namespace iisdiag::evidence
