#include "plugin/packed_report.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/reproducibility.hpp"

namespace skein::plugin {
namespace {

/// Each text as "LENGTH;TEXT".
class Packer {
 public:
  void text(std::string_view text) {
    bytes_ += std::to_string(text.size()) + ";";
    bytes_ += text;
  }

  void number(std::uint64_t number) { text(std::to_string(number)); }

  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// After the first mistake everything is empty.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  std::string text() {
    const std::size_t semicolon = bytes_.find(';');
    const auto length = read(bytes_.substr(0, semicolon));
    is_right_ = is_right_ && semicolon < bytes_.size() && length && *length < bytes_.size() - semicolon;
    if (!is_right_) return "";
    std::string text(bytes_.substr(semicolon + 1, *length));
    bytes_.remove_prefix(semicolon + 1 + *length);
    return text;
  }

  std::uint64_t number() {
    const auto number = read(text());
    is_right_ = is_right_ && number;
    return number.value_or(0);
  }

  [[nodiscard]] bool is_right() const { return is_right_; }
  [[nodiscard]] bool is_at_end() const { return is_right_ && bytes_.empty(); }

 private:
  static std::optional<std::uint64_t> read(std::string_view digits) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
  }

  std::string_view bytes_;
  bool is_right_ = true;
};

constexpr std::array texts = {&PluginReport::file,    &PluginReport::name,    &PluginReport::version,
                              &PluginReport::summary, &PluginReport::licence, &PluginReport::dependencies};

constexpr std::array contents = {&PluginContent::operators,   &PluginContent::algorithms, &PluginContent::graphs,
                                 &PluginContent::roles,       &PluginContent::encodings,  &PluginContent::problems,
                                 &PluginContent::object_types};

constexpr std::array details = {&Diagnostic::code,     &Diagnostic::path,  &Diagnostic::message,
                                &Diagnostic::expected, &Diagnostic::found, &Diagnostic::suggestion};

void pack(const Diagnostic& finding, Packer& packer) {
  for (const auto detail : details) packer.text(finding.*detail);
  packer.number(static_cast<std::uint64_t>(finding.severity));
  packer.text(finding.where.file);
  packer.number(finding.where.line);
  packer.number(finding.where.column);
}

Diagnostic unpack_finding(Unpacker& unpacker) {
  Diagnostic finding;
  for (const auto detail : details) finding.*detail = unpacker.text();
  finding.severity = static_cast<Severity>(unpacker.number());
  finding.where.file = unpacker.text();
  finding.where.line = unpacker.number();
  finding.where.column = unpacker.number();
  return finding;
}

}  // namespace

std::string packed(const PluginReport& report) {
  Packer packer;
  for (const auto text : texts) packer.text(report.*text);
  packer.number(static_cast<std::uint64_t>(report.reproducibility));
  for (const auto content : contents) {
    const std::vector<std::string>& names = report.adds.*content;
    packer.number(names.size());
    for (const std::string& name : names) packer.text(name);
  }
  packer.number(report.findings.items().size());
  for (const Diagnostic& finding : report.findings.items()) pack(finding, packer);
  return std::move(packer).take();
}

std::optional<PluginReport> unpacked(std::string_view bytes) {
  Unpacker unpacker(bytes);
  PluginReport report;
  for (const auto text : texts) report.*text = unpacker.text();
  report.reproducibility = static_cast<Reproducibility>(unpacker.number());
  for (const auto content : contents) {
    for (std::uint64_t count = unpacker.number(); count > 0 && unpacker.is_right(); --count) {
      (report.adds.*content).push_back(unpacker.text());
    }
  }
  for (std::uint64_t count = unpacker.number(); count > 0 && unpacker.is_right(); --count) {
    report.findings.add(unpack_finding(unpacker));
  }
  return unpacker.is_at_end() ? std::optional(std::move(report)) : std::nullopt;
}

}  // namespace skein::plugin
