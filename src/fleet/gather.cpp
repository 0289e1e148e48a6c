#include "fleet/gather.hpp"

// zlib's interface has pointers to const only where this is defined.
#define ZLIB_CONST  // NOLINT(readability-identifier-naming)
#include <zlib.h>

#include <cstring>
#include <new>

#include "fleet/host_reader.hpp"
#include "render/json_host.hpp"

namespace iisdiag::fleet {
namespace {

// In front of the compressed text: how long it is.
using Size = std::uint32_t;

}  // namespace

Packed pack(const report::Host& host, bool with_known) {
  text::JsonWriter json(text::JsonWriter::kCompact);
  render::write_host(json, host, with_known);
  const std::string text = json.take();
  const auto size = static_cast<Size>(text.size());
  uLongf length = compressBound(size);
  Packed packed(sizeof size + length, '\0');
  std::memcpy(packed.data(), &size, sizeof size);
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes
  if (compress2(reinterpret_cast<Bytef*>(&packed[sizeof size]), &length,
                reinterpret_cast<const Bytef*>(text.data()), size,
                Z_BEST_SPEED) != Z_OK) {
    throw std::bad_alloc();
  }
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  packed.resize(sizeof size + length);
  packed.shrink_to_fit();
  return packed;
}

report::Host unpack(const Packed& packed) {
  Size size = 0;
  std::memcpy(&size, packed.data(), sizeof size);
  std::string text(size, '\0');
  uLongf length = size;
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes
  if (uncompress(reinterpret_cast<Bytef*>(text.data()), &length,
                 reinterpret_cast<const Bytef*>(&packed[sizeof size]),
                 static_cast<uLong>(packed.size() - sizeof size)) != Z_OK) {
    throw std::bad_alloc();
  }
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  return read_host(text);
}

void Gatherer::add(const report::Host& host, Packed packed) {
  builder_.add(host);
  packed_.push_back(std::move(packed));
  const report::Counts counts = report::count_checks(host.identities);
  for (const report::Status status : report::kStatuses) {
    counts_[status] += counts[status];
  }
  status_ = report::worst(status_, host.status);
  identities_ += host.identities.size();
}

report::Report Gatherer::finish(std::size_t expected,
                                facts::ClockSeconds checked_at) && {
  report::Report report;
  report.checked_at = checked_at;
  report.status = status_;
  report.counts = counts_;
  std::vector<std::size_t> order;
  report.fleet = std::move(builder_).finish(expected, order);
  const auto packed =
      std::make_shared<const std::vector<Packed>>(std::move(packed_));
  const std::size_t count = packed->size();
  report.hosts =
      report::Hosts(count, [packed, order = std::move(order)](std::size_t i) {
        return unpack((*packed)[order[i]]);
      });
  return report;
}

}  // namespace iisdiag::fleet
