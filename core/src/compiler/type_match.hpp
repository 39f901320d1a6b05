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

/// What a port takes beside variables of exactly its type.
enum class Broadcast {
  none,
  operand,  ///< in-port: a global, and a column or global without the inner axes
  target    ///< written port: a column without the inner axes, each of which then is 1
};

/// How a node uses a variable that is bound to one of its ports.
struct PortUse {
  Broadcast broadcast = Broadcast::none;
  bool writes = false;
  bool as_real = false;  ///< a variable of type `whole` is a `real` one here
};

/// The unification of one node: which population `n` and `m` are, how large each axis is, what type variables stand
/// for.
class TypeMatch {
 public:
  explicit TypeMatch(const Draft& draft) : draft_(draft) {}

  /// Binds a plan variable to a port type; nothing when it fits.
  std::optional<Mismatch> bind_variable(const TypeName& type, const PortUse& use, std::size_t variable);
  /// Binds a population to a port of type `population`.
  void bind_population(const TypeName& type, std::size_t population);

  /// The population of axis `n`, `no_population` when no bound port has it.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

  /// The type of a hidden or scratch port, or nothing when an axis or type variable is not known from the bound ports.
  [[nodiscard]] std::optional<CellType> resolve(const TypeName& type) const;

  [[nodiscard]] std::vector<AxisSize> axes() const;

 private:
  std::optional<Mismatch> bind_rows(const TypeName& type, std::size_t variable);
  std::optional<Mismatch> bind_cell(const TypeName& type, const PortUse& use, std::size_t variable);
  /// Whether a port with this element takes a variable with another one.
  [[nodiscard]] static bool takes(const std::string& port, const std::string& variable, const PortUse& use) noexcept;
  /// What is wrong with the sizes of this variable, if anything.
  std::optional<std::string> bind_axes(const TypeName& type, const std::vector<std::size_t>& sizes,
                                       std::size_t variable);

  [[nodiscard]] Mismatch mismatch(std::string code, const TypeName& type, std::size_t variable,
                                  std::string message) const;

  const Draft& draft_;
  std::size_t rows_ = no_population;
  std::size_t other_rows_ = no_population;
  struct Size {
    std::size_t size = 0;
    std::size_t variable = no_index;  ///< that it was read off
  };
  std::map<std::string, Size, std::less<>> sizes_;
  std::map<std::string, CellType, std::less<>> cells_;
};

/// The names of the axes of a type without the row axis.
[[nodiscard]] std::vector<std::string> inner_axes(const TypeName& type);

}  // namespace skein::compiler
