// Collects what is wrong with one entry of the registry.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/findings.hpp"
#include "documents/names.hpp"
#include "documents/utf8.hpp"
#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/type.hpp"

namespace skein {

/// Findings with one code below one path: "plugin:name/ports/value".
class SpecificationFindings {
 public:
  SpecificationFindings(std::string code, std::string path, Diagnostics& diagnostics)
      : code_(std::move(code)), path_(std::move(path)), diagnostics_(diagnostics) {}

  void add(std::string_view part, std::string message) {
    diagnostics_.add(finding(code_, {}, part.empty() ? path_ : join_path(path_, part), std::move(message)));
    is_clean_ = false;
  }

  void check(bool holds, std::string_view part, std::string_view message) {
    if (!holds) add(part, std::string(message));
  }

  void check_type(std::string_view type, std::string_view part) {
    if (!parse_type(type)) add(part, in_quotes(type) + " is not written as a type");
  }

  /// Every name well-formed and given once.
  template <class Range>
  void check_names(const Range& items, std::string_view section) {
    std::vector<std::string_view> seen;
    for (const auto& item : items) {
      const std::string_view name = item.name;
      const std::string part = std::string(section) + "/" + std::string(name);
      if (!is_name(name)) add(part, in_quotes(name) + " cannot be a name here");
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) add(part, in_quotes(name) + " is declared twice");
      seen.push_back(name);
    }
  }

  [[nodiscard]] bool is_clean() const noexcept { return is_clean_; }

 private:
  std::string code_;
  std::string path_;
  Diagnostics& diagnostics_;
  bool is_clean_ = true;
};

/// The declared parameters of an operator or a problem.
void check_parameter_specs(std::span<const ParameterSpec> parameters, SpecificationFindings& findings);

}  // namespace skein
