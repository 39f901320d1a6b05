#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <string_view>

#include "skein/memory_tracker.hpp"

namespace skein {
namespace {

/// The first line of a small file; empty when it cannot be read.
template <std::size_t size>
std::string_view read_start(const char* file, std::array<char, size>& text) noexcept {
  const int descriptor = open(file, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  const ssize_t count = read(descriptor, text.data(), text.size());
  close(descriptor);
  return count <= 0 ? std::string_view() : std::string_view(text.data(), static_cast<std::size_t>(count));
}

std::int64_t take_number(std::string_view& text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc() ? number : -1;
}

MemoryReading read_statm(const char* file) noexcept {
  std::array<char, 128> text{};
  std::string_view rest = read_start(file, text);
  const std::int64_t all = take_number(rest);
  const std::int64_t resident = take_number(rest);
  const long page = sysconf(_SC_PAGESIZE);
  if (all < 0 || resident < 0 || page <= 0) return {};
  return {resident * page, all * page};
}

}  // namespace

MemoryReading read_process_memory(std::optional<int> pid) noexcept {
  if (!pid) return read_statm("/proc/self/statm");
  std::array<char, 48> file{};
  std::snprintf(file.data(), file.size(), "/proc/%d/statm", *pid);
  return read_statm(file.data());
}

MemoryReading read_process_memory(const std::string& folder) { return read_statm((folder + "/statm").c_str()); }

std::int64_t peak_process_memory(std::optional<int> pid) {
  std::ifstream status(pid ? "/proc/" + std::to_string(*pid) + "/status" : "/proc/self/status");
  constexpr std::string_view label = "VmHWM:";
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with(label)) continue;
    std::string_view rest = std::string_view(line).substr(label.size());
    const std::int64_t kibibytes = take_number(rest);
    return kibibytes < 0 ? -1 : kibibytes * 1024;
  }
  rusage usage{};
  return !pid && getrusage(RUSAGE_SELF, &usage) == 0 ? std::int64_t{usage.ru_maxrss} * 1024 : -1;
}

}  // namespace skein
