// TypeMatch: unifies the port types of one operator or graph with the variables that are bound to them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/draft.hpp"

namespace skein::compiler {

/// Why a variable does not fit a port.
struct Mismatch {
  std::string code;  ///< "type-mismatch" or "shape-mismatch"
  std::string message;
  std::string expected;
  std::string found;
};

/// The unification of one node: which population `n` and `m` are, how large each axis is, what type variables stand
/// for.
class TypeMatch {
 public:
  explicit TypeMatch(const Draft& draft) : draft_(draft) {}

  /// Binds a plan variable to a port type; nothing when it fits.
  std::optional<Mismatch> bind_variable(const TypeName& type, bool broadcast, std::size_t variable);
  /// Binds a population to a port of type `population`.
  void bind_population(const TypeName& type, std::size_t population);

  /// The population of axis `n`, `no_population` when no bound port has it.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

  /// The type of a hidden or scratch port, or nothing when an axis or type variable is not known from the bound ports.
  [[nodiscard]] std::optional<CellType> resolve(const TypeName& type) const;

  [[nodiscard]] std::vector<AxisSize> axes() const;

 private:
  std::optional<Mismatch> bind_rows(const TypeName& type, bool broadcast, std::size_t variable);
  std::optional<Mismatch> bind_cell(const TypeName& type, bool broadcast, std::size_t variable);
  /// What is wrong with the sizes, if anything.
  std::optional<std::string> bind_axes(const TypeName& type, const CellType& cell);

  [[nodiscard]] Mismatch mismatch(std::string code, const TypeName& type, std::size_t variable,
                                  std::string message) const;

  const Draft& draft_;
  std::size_t rows_ = no_population;
  std::size_t other_rows_ = no_population;
  std::map<std::string, std::size_t, std::less<>> sizes_;
  std::map<std::string, CellType, std::less<>> cells_;
};

/// The names of the axes of a type without the row axis.
[[nodiscard]] std::vector<std::string> inner_axes(const TypeName& type);

}  // namespace skein::compiler
