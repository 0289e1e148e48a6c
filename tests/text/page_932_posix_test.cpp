// Page 932 against iconv, which has tables of its own: every byte, and every
// two of them.
#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <optional>

#include "text/code_page.hpp"

namespace iisdiag::text {
namespace {

class Iconv {
 public:
  Iconv() : handle_(iconv_open("UTF-8", "CP932")) {}
  ~Iconv() {
    if (is_open()) {
      iconv_close(handle_);
    }
  }
  Iconv(const Iconv&) = delete;
  Iconv(Iconv&&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  Iconv& operator=(Iconv&&) = delete;

  bool is_open() const {
    // NOLINTNEXTLINE(performance-no-int-to-ptr,*-reinterpret-cast)
    return handle_ != reinterpret_cast<iconv_t>(-1);
  }

  // The text of bytes that all mean something.
  std::optional<std::string> convert(std::string bytes) {
    std::array<char, 16> buffer{};
    char* in = bytes.data();
    std::size_t left = bytes.size();
    char* out = buffer.data();
    std::size_t room = buffer.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    if (iconv(handle_, &in, &left, &out, &room) != 0 || left != 0) {
      return std::nullopt;
    }
    return std::string(buffer.data(), buffer.size() - room);
  }

 private:
  iconv_t handle_;
};

// What a byte that means nothing, or two, become: U+FFFD and what follows it.
Converted by_iconv(Iconv& page, std::string bytes) {
  Converted result;
  while (!bytes.empty()) {
    std::size_t taken = 1;
    auto text = page.convert(bytes.substr(0, 1));
    if (!text && bytes.size() > 1) {
      text = page.convert(bytes);
      taken = text ? 2 : 1;
    }
    result.text += text.value_or("\uFFFD");
    result.replacement |= !text;
    bytes.erase(0, taken);
  }
  return result;
}

TEST(Page932Test, EveryTwoBytes) {
  Iconv page;
  ASSERT_TRUE(page.is_open()) << "this system's iconv has no CP932";
  int pairs = 0;
  for (int first = 0; first < 256; ++first) {
    const std::string one(1, static_cast<char>(first));
    ASSERT_EQ(from_code_page(one, CodePage::k932), by_iconv(page, one))
        << first;
    for (int second = 0; second < 256; ++second) {
      const std::string two = one + static_cast<char>(second);
      const Converted converted = from_code_page(two, CodePage::k932);
      ASSERT_EQ(converted, by_iconv(page, two)) << first << " " << second;
      pairs += converted.replacement ? 0 : 1;
    }
  }
  EXPECT_EQ(pairs, 191 * 191 + 9604);
}

}  // namespace
}  // namespace iisdiag::text
