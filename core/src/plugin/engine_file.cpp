#include "plugin/engine_file.hpp"

#include <dlfcn.h>
#include <link.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace skein::plugin {
namespace {

namespace fs = std::filesystem;

const char some_place = 0;  // within the file

/// The file that the kernel has mapped there, from lines as "7f00-7fff r-xp 00000000 08:01 1234   /lib/libskein.so".
fs::path mapped_at(std::uintptr_t address) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    const char* last = line.data() + line.size();
    const auto first = std::from_chars(line.data(), last, begin, 16);
    if (first.ec != std::errc() || first.ptr == last) continue;
    if (std::from_chars(first.ptr + 1, last, end, 16).ec != std::errc()) continue;
    const std::size_t slash = line.find('/');
    if (begin <= address && address < end && slash != std::string::npos) return line.substr(slash);
  }
  return {};
}

}  // namespace

fs::path engine_file() {
  Dl_info info{};
  link_map* map = nullptr;
  // The linker gives a program's file as it was called, and a library's as it was looked for: both can be relative to
  // what was the current folder then.
  if (dladdr1(&some_place, &info, reinterpret_cast<void**>(&map), RTLD_DL_LINKMAP) != 0 && map != nullptr) {
    const std::string_view name = map->l_name == nullptr ? "" : map->l_name;
    if (name.starts_with('/')) return name;
    if (name.empty()) {
      std::error_code error;
      return fs::read_symlink("/proc/self/exe", error);
    }
  }
  return mapped_at(reinterpret_cast<std::uintptr_t>(&some_place));
}

}  // namespace skein::plugin
