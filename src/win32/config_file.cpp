#include "win32/config_file.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "evidence/console_text.hpp"
#include "evidence/limits.hpp"
#include "win32/registry.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

void forget_clear_text(std::vector<facts::IisNode>& nodes) {
  for (facts::IisNode& node : nodes) {
    auto& password = node.password.value;
    if (password.is(facts::StoredPassword::kClearText)) {
      password = {facts::StoredPassword::kOpaque, password.origin()};
    }
  }
}

void forget_clear_text(evidence::FileFacts& facts) {
  for (facts::IisConfig& config : facts.configs) {
    forget_clear_text(config.nodes);
  }
  for (evidence::Layout& layout : facts.iis7.layouts) {
    forget_clear_text(layout.waiting);
  }
}

}  // namespace

std::string system_folder(const Api& api) {
  std::array<wchar_t, MAX_PATH> folder{};
  const UINT length =
      api.GetSystemDirectoryW == nullptr
          ? 0
          : api.GetSystemDirectoryW(folder.data(),
                                    static_cast<UINT>(folder.size()));
  if (length == 0 || length >= folder.size()) {
    return {};
  }
  std::string path = to_utf8(std::wstring_view(folder.data(), length));
  if (is_wow64(api)) {
    // What Windows calls the folder for programs that it shows another one.
    path.resize(path.find_last_of('\\') + 1);
    path.append("sysnative");
  }
  return path;
}

std::string inetsrv_folder(const Api& api) {
  const std::string folder = system_folder(api);
  return folder.empty() ? folder : folder + R"(\inetsrv)";
}

bool read_config_file(const evidence::FileSystem& files,
                      const std::string& path, const evidence::Format& format,
                      evidence::FileFacts& facts) {
  if (files.status(path).kind == evidence::FileSystem::Kind::kMissing) {
    return false;
  }
  const auto problem = [&](std::string text) {
    facts.problems.push_back(
        {std::move(text), facts::Origin::in_file(path, 0), {}, 0, {}});
    return false;
  };
  auto bytes = files.read(path, evidence::kMaxTextFile);
  if (!bytes.value) {
    return problem(std::move(bytes.error));
  }
  auto decoded = evidence::decode_evidence(*bytes.value);
  if (!decoded) {
    return problem("it is no text");
  }
  const evidence::Document document(path, std::move(*decoded));
  if (!format.recognises(document)) {
    return problem("it is no configuration of IIS");
  }
  format.read(document, facts);
  forget_clear_text(facts);
  return true;
}

}  // namespace iisdiag::win32
