#include "skein/memory_limit.hpp"

#include <sys/resource.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

namespace skein {
namespace {

namespace fs = std::filesystem;

/// What is meant by "no limit" in version 1 is a huge number.
constexpr std::int64_t no_limit = std::int64_t{1} << 60U;

std::optional<std::int64_t> read_number(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && number >= 0 ? std::optional(number) : std::nullopt;
}

/// The least limit of a group and of all above it, up to the top of the hierarchy.
std::int64_t least_limit(const fs::path& top, fs::path group, const char* file) {
  std::int64_t least = no_limit;
  while (true) {
    std::ifstream stream(top / group.relative_path() / file);
    std::string line;
    if (std::getline(stream, line)) least = std::min(least, read_number(line).value_or(no_limit));
    if (!group.has_relative_path()) return least;
    group = group.parent_path();
  }
}

std::int64_t group_limit(const fs::path& root) {
  const fs::path top = root / "sys/fs/cgroup";
  std::int64_t least = no_limit;
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // "0::/path" or "7:memory,cpu:/path"
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const fs::path group = line.substr(second + 1);
    if (controllers == ",,") least = std::min(least, least_limit(top, group, "memory.max"));
    if (controllers.find(",memory,") != std::string::npos) {
      least = std::min(least, least_limit(top / "memory", group, "memory.limit_in_bytes"));
    }
  }
  return least;
}

std::int64_t available_memory(const fs::path& root) {
  std::ifstream memory(root / "proc/meminfo");
  constexpr std::string_view label = "MemAvailable:";
  for (std::string line; std::getline(memory, line);) {
    if (!line.starts_with(label)) continue;
    const auto kibibytes = read_number(std::string_view(line).substr(label.size()));
    return kibibytes ? *kibibytes * 1024 : -1;
  }
  return -1;
}

std::int64_t address_space_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
  return limit.rlim_cur < static_cast<rlim_t>(no_limit) ? static_cast<std::int64_t>(limit.rlim_cur) : -1;
}

}  // namespace

MemoryLimit find_memory_limit(std::int64_t resident, const std::string& root) {
  MemoryLimit limit;
  limit.address_space = address_space_limit();
  const std::int64_t group = group_limit(root);
  const std::int64_t available = available_memory(root);
  if (group < no_limit) {
    limit.resident = group;
  } else if (available >= 0 && resident >= 0) {
    limit.resident = resident + available;
  }
  return limit;
}

}  // namespace skein
