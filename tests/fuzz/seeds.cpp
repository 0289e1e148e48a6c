// Seeds of formats that no scenario holds: real files are not part of the
// project.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/samples.hpp"
#include "fuzz/target.hpp"
#include "support/evt_writer.hpp"
#include "support/evtx_events.hpp"

namespace iisdiag::fuzz {
namespace {

using namespace std::string_literals;

// 2006-05-16T09:01:00Z
constexpr std::int64_t kTime = 1'147'770'060;

std::string evtx() {
  using Shape = test::EvtxEvent::Shape;
  std::vector<test::EvtxEvent> events = {
      test::old_event("W3SVC", 100, kTime, 1, {"IUSR_WEB1", "bad\r\n"},
                      "\x2E\x05\0\0"s),
      test::old_event("MSFTPSVC", 100, kTime + 60, 2, {"IUSR_WEB1", "x"},
                      "\x69\x05\0\0"s),
      test::failed_logon(kTime + 61, 3, "IUSR_WEB1", 0xC000006D, 0xC000006A, 8),
      test::failed_logon(kTime + 62, 4, "IUSR_WEB1", 0xC0000234, 0, 3),
      test::auditing_event(
          4740, kTime + 63, 5,
          {{"TargetUserName", test::text_value("IUSR_WEB1")},
           {"TargetSid", test::sid_value("S-1-5-21-1-2-3-1003")}})};
  for (const Shape shape : {Shape::kSlots, Shape::kPlain}) {
    events.push_back(events.at(0));
    events.back().shape = shape;
    events.back().record = events.size();
  }
  return test::evtx_file(events);
}

std::string evt(std::size_t ring) {
  std::vector<test::EvtEvent> events;
  for (std::uint32_t i = 0; i < 6; ++i) {
    events.push_back({i % 2 == 0 ? "W3SVC" : "Security",
                      i % 2 == 0 ? 0x80000064U : 529U + i,
                      kTime + i,
                      i + 1,
                      {"IUSR_WEB1", "WEB1", "8", "IIS", "x", "WEB1"},
                      "\x2E\x05\0\0"s});
  }
  test::EvtOptions options;
  options.ring = ring;
  options.oldest = ring / 2;
  return test::evt_file(events, options);
}

constexpr std::string_view kNative =
    "10.0.0.9, -, 5/20/26, 9:05:00, W3SVC2, WEB1, 10.0.0.1, 15, 300, 400, 401, "
    "1326, GET, /shop/a.asp, -,\r\n"
    "10.0.0.9, WEB\\bob, 5/20/26, 9:05:02, W3SVC2, WEB1, 10.0.0.1, 15, 300, "
    "400, 200, 0, GET, /shop/b.asp, x=1,\r\n"
    "10.0.0.9, -, 5/20/26, 9:05:04, MSFTPSVC1, WEB1, 10.0.0.1, 15, 300, 400, "
    "530, 1385, [1]USER, anonymous, -,\r\n";

constexpr std::string_view kNcsa =
    "10.0.0.9 - - [20/May/2026:09:05:00 +0200] \"GET /shop/a.asp HTTP/1.1\" "
    "401 300\r\n"
    "10.0.0.9 - WEB\\bob [20/May/2026:09:05:02 +0200] \"GET /b HTTP/1.1\" "
    "200 15\r\n";

constexpr std::string_view kW3c =
    "#Software: Microsoft Internet Information Services 6.0\r\n"
    "#Fields: date time cs-method cs-uri-stem cs-username sc-status "
    "sc-substatus sc-win32-status\r\n"
    "2006-05-16 09:01:00 GET /shop/a.asp - 401 1 1326\r\n"
    "2006-05-16 09:01:02 GET /shop/b.asp WEB\\bob 200 0 0\r\n";

struct Seed {
  std::string name;
  std::string bytes;
};

std::vector<Seed> all_seeds() {
  constexpr std::size_t kRing = 4096;
  std::vector<Seed> seeds = {{"made.evtx", evtx()},
                             {"made.evt", evt(0)},
                             {"made-ring.evt", evt(kRing)},
                             {"w3c.log", std::string(kW3c)},
                             {"native.log", std::string(kNative)},
                             {"ncsa.log", std::string(kNcsa)}};
  for (const evidence::Sample& sample : evidence::samples()) {
    seeds.push_back(
        {"sample-" + std::string(sample.format), std::string(sample.bytes)});
  }
  return seeds;
}

bool write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file.flush().good();
}

}  // namespace

bool write_seeds(const std::string& folder) {
  const std::vector<Seed> seeds = all_seeds();
  for (const Target& target : all_targets()) {
    // Without one, a fuzzer would only ever see how files are told apart.
    expect(target.run != fuzz_reader ||
               std::any_of(seeds.begin(), seeds.end(),
                           [&](const Seed& seed) {
                             return is_read(target.id, seed.bytes);
                           }),
           "there is a seed of each format", target.id);
  }
  return std::all_of(seeds.begin(), seeds.end(), [&](const Seed& seed) {
    return write_file(folder + "/" + seed.name, seed.bytes);
  });
}

}  // namespace iisdiag::fuzz
