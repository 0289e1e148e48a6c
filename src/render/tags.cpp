#include "render/tags.hpp"

#include <fmt/format.h>

#include <string_view>

namespace iisdiag::render {
namespace {

using report::Status;

std::string_view word(Status status) {
  switch (status) {
    case Status::kPassed:
      return "PASS";
    case Status::kWarning:
      return "WARN";
    case Status::kFailed:
      return "FAIL";
    case Status::kUnknown:
      return " ?? ";
    case Status::kSkipped:
      return "SKIP";
  }
  return "";
}

// ECMA-48 select graphic rendition.
std::string_view sequence(Status status) {
  switch (status) {
    case Status::kPassed:
      return "\x1b[32m";
    case Status::kWarning:
      return "\x1b[33m";
    case Status::kFailed:
      return "\x1b[31m";
    case Status::kUnknown:
      return "\x1b[35m";
    case Status::kSkipped:
      return "\x1b[90m";
  }
  return "";
}

}  // namespace

std::string tag(Status status, bool color) {
  return color ? fmt::format("{}[{}]\x1b[0m", sequence(status), word(status))
               : fmt::format("[{}]", word(status));
}

Status status_of(report::Severity severity) {
  switch (severity) {
    case report::Severity::kInfo:
      return Status::kPassed;
    case report::Severity::kWarning:
      return Status::kWarning;
    case report::Severity::kUnknown:
      return Status::kUnknown;
    case report::Severity::kFail:
      return Status::kFailed;
  }
  return Status::kUnknown;
}

}  // namespace iisdiag::render
