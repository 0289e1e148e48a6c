// Page 932 through iconv. On Windows, MultiByteToWideChar has the page.
#include <iconv.h>

#include <array>
#include <cerrno>

#include "text/code_page.hpp"
#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

class Iconv {
 public:
  Iconv(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Iconv() {
    if (is_open()) {
      iconv_close(handle_);
    }
  }
  Iconv(const Iconv&) = delete;
  Iconv(Iconv&&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  Iconv& operator=(Iconv&&) = delete;

  // How iconv_open says that it does not know a page.
  bool is_open() const {
    // NOLINTNEXTLINE(performance-no-int-to-ptr,*-reinterpret-cast)
    return handle_ != reinterpret_cast<iconv_t>(-1);
  }

  // Appends what could be converted; stops at the first byte that cannot be.
  void convert(std::string_view& bytes, std::string& out) {
    std::array<char, 4096> buffer{};
    for (;;) {
      // iconv reads through the pointer only; its type is older than const.
      // NOLINTNEXTLINE(*-const-cast)
      char* in = const_cast<char*>(bytes.data());
      std::size_t left = bytes.size();
      char* free = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t code = iconv(handle_, &in, &left, &free, &room);
      const bool full = code == static_cast<std::size_t>(-1) && errno == E2BIG;
      out.append(buffer.data(), buffer.size() - room);
      bytes.remove_prefix(bytes.size() - left);
      if (!full) {
        return;
      }
    }
  }

 private:
  iconv_t handle_;
};

}  // namespace

Converted from_shift_jis(std::string_view bytes) {
  Converted result;
  result.text.reserve(bytes.size() + bytes.size() / 2);
  Iconv page("UTF-8", "CP932");
  while (!bytes.empty()) {
    // Without the table, ASCII is all that is known.
    if (page.is_open()) {
      page.convert(bytes, result.text);
      if (bytes.empty()) {
        break;
      }
    }
    const auto byte = static_cast<unsigned char>(bytes.front());
    append_utf8(result.text, byte < 0x80 ? byte : 0xFFFD);
    result.replacement |= byte >= 0x80;
    bytes.remove_prefix(1);
  }
  return result;
}

}  // namespace iisdiag::text
