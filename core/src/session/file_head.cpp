#include "session/file_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>
#include <utility>

#include "run/checksum.hpp"

namespace skein {
namespace {

constexpr std::size_t checksum_digits = 16;

std::string first_words(FileKind kind) { return "skein " + std::string(kind.word) + " "; }

std::string first_line(FileKind kind) { return first_words(kind) + std::to_string(kind.form); }

std::string checksum_text(std::string_view text) {
  Checksum checksum;
  checksum.add(text.data(), text.size());
  std::array<char, checksum_digits + 1> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(checksum.value()));
  return digits.data();
}

Diagnostic other_form(FileKind kind, std::string_view begin, const std::string& file) {
  const std::string word(kind.word);
  const std::string_view line = begin.substr(0, std::min(begin.find('\n'), std::size_t{40}));
  const std::string words = first_words(kind);
  if (line.starts_with(words)) {
    unsigned form = 0;
    const auto [end, error] = std::from_chars(line.data() + words.size(), line.data() + line.size(), form);
    if (error == std::errc{} && end == line.data() + line.size() && form < kind.form) {
      return file_finding(kind, "older", file, "The " + word + " is written in a form that is not read any more.",
                          std::string(line), "the version of Skein that wrote it, or a new run");
    }
    return file_finding(kind, "newer", file, "The " + word + " is written in a form that this version cannot read.",
                        std::string(line), "a newer version of Skein");
  }
  return file_finding(kind, "foreign", file, "This is no " + word + " of Skein.", begin.empty() ? "an empty file" : "");
}

}  // namespace

Diagnostic file_finding(FileKind kind, std::string_view what, const std::string& file, std::string message,
                        std::string found, std::string suggestion) {
  const std::string code = std::string(kind.word) + "-" + std::string(what);
  return {code, Severity::error, {file, 0, 0}, "", std::move(message), "", std::move(found), std::move(suggestion)};
}

std::string head_text(FileKind kind, std::string_view json) {
  std::string text = first_line(kind) + "\n" + std::string(json) + "\n";
  text += checksum_text(text) + "\n";
  return text;
}

std::optional<FoundHead> find_head(FileKind kind, std::string_view begin, const std::string& file,
                                   Diagnostics& diagnostics) {
  const std::string first = first_line(kind) + "\n";
  if (!begin.starts_with(first)) {
    diagnostics.add(other_form(kind, begin, file));
    return std::nullopt;
  }
  const std::string word(kind.word);
  const std::size_t json_end = begin.find('\n', first.size());
  const std::size_t size = json_end == std::string_view::npos ? json_end : json_end + 1 + checksum_digits + 1;
  if (json_end == std::string_view::npos || size > begin.size()) {
    diagnostics.add(
        file_finding(kind, "truncated", file, "The " + word + " ends too early.", "", std::string(kind.advice)));
    return std::nullopt;
  }
  const std::string_view sum = begin.substr(json_end + 1, checksum_digits);
  if (sum != checksum_text(begin.substr(0, json_end + 1)) || begin[size - 1] != '\n') {
    diagnostics.add(file_finding(kind, "corrupted", file, "The " + word + " is damaged: its first lines were changed.",
                                 "", std::string(kind.advice)));
    return std::nullopt;
  }
  return FoundHead{std::string(begin.substr(first.size(), json_end - first.size())), size};
}

}  // namespace skein
