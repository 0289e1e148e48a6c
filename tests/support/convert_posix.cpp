#include <iconv.h>

#include <cerrno>
#include <stdexcept>

#include "support/convert.hpp"

namespace iisdiag::test {

std::string convert(std::string_view bytes, const char* from, const char* to) {
  const iconv_t converter = iconv_open(to, from);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own way to fail
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    throw std::invalid_argument(to);
  }
  std::string input(bytes);
  std::string result;
  char* in = input.data();
  std::size_t left = input.size();
  while (left > 0) {
    char buffer[256];
    char* out = buffer;
    std::size_t room = sizeof buffer;
    const std::size_t code = iconv(converter, &in, &left, &out, &room);
    result.append(buffer, sizeof buffer - room);
    if (code == static_cast<std::size_t>(-1) && errno != E2BIG) {
      result += '?';
      do {  // the rest of a UTF-8 sequence
        ++in;
        --left;
      } while (left > 0 && (static_cast<unsigned char>(*in) & 0xC0U) == 0x80U);
    }
  }
  iconv_close(converter);
  return result;
}

}  // namespace iisdiag::test
