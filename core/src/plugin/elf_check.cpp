#include "plugin/elf_check.hpp"

#include <elf.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

constexpr const char* rebuild = "build it again on this machine, or copy it again";

template <class Content>
bool read_at(std::ifstream& in, std::uint64_t offset, Content* content, std::size_t count = 1) {
  in.seekg(static_cast<std::streamoff>(offset));
  in.read(reinterpret_cast<char*>(content), static_cast<std::streamsize>(count * sizeof(Content)));
  return in.good();
}

#if defined(__x86_64__)
constexpr int own_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr int own_machine = EM_AARCH64;
#else
constexpr int own_machine = EM_NONE;  // not compared
#endif

bool is_for_this_machine(const Elf64_Ehdr& header) {
  return header.e_ident[EI_CLASS] == ELFCLASS64 && (own_machine == EM_NONE || header.e_machine == own_machine);
}

/// Whether all that the header speaks of lies within the file.
bool is_whole(std::ifstream& in, const Elf64_Ehdr& header, std::uint64_t size) {
  const auto ends_within = [&](std::uint64_t offset, std::uint64_t length) {
    return offset <= size && length <= size - offset;
  };
  if (header.e_phentsize != sizeof(Elf64_Phdr) || !ends_within(header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr)) ||
      !ends_within(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize)) {
    return false;
  }
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  if (!segments.empty() && !read_at(in, header.e_phoff, segments.data(), segments.size())) return false;
  return std::ranges::all_of(
      segments, [&](const Elf64_Phdr& segment) { return ends_within(segment.p_offset, segment.p_filesz); });
}

}  // namespace

std::optional<Diagnostic> check_elf(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    const int reason = errno;
    return refusal("unreadable-plugin", file,
                   "The plugin cannot be opened: " + std::generic_category().message(reason) + ".", "", "",
                   reason == EACCES ? "chmod +r" : "");
  }
  Elf64_Ehdr header{};
  const bool is_read = read_at(in, 0, &header);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return refusal("not-a-plugin", file, "This is no shared object.", "an ELF file, as a linker writes it");
  }
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(file, error);
  if (!is_read || error) return refusal("not-a-plugin", file, "The file is cut off.", "", "", rebuild);
  if (!is_for_this_machine(header)) {
    return refusal("not-a-plugin", file, "This was built for another kind of machine.", "", "", rebuild);
  }
  if (header.e_type != ET_DYN) {
    return refusal("not-a-plugin", file, "This is no shared object, but another kind of ELF file.",
                   "what g++ -shared writes");
  }
  if (!is_whole(in, header, size)) return refusal("not-a-plugin", file, "The file is cut off.", "", "", rebuild);
  return std::nullopt;
}

}  // namespace skein::plugin
