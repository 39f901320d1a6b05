// Collects what is wrong with one operator, each clause of its contract once per port.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "skein/diagnostic.hpp"

namespace skein {

enum class Clause : std::uint8_t { documented, runs, keeps_inputs, keeps_arithmetic, no_nan, same_bits };

class ContractFindings {
 public:
  ContractFindings(std::string_view operator_name, Diagnostics& diagnostics)
      : operator_name_(operator_name), diagnostics_(diagnostics) {}

  /// `part` is a port, "parameters/NAME", "streams/NAME", or empty for the operator itself.
  void broken(Clause clause, std::string_view part, std::string message, std::string expected = "",
              std::string found = "");
  /// A note, once per part. `where` says with what the operator was not run: " with 1 row", or nothing at all.
  void not_run(std::string_view part, const std::string& where, const std::string& why);

 private:
  [[nodiscard]] std::string path(std::string_view part) const;

  std::string operator_name_;
  Diagnostics& diagnostics_;
  std::set<std::pair<Clause, std::string>> broken_;
  std::set<std::string> not_run_;
};

}  // namespace skein
