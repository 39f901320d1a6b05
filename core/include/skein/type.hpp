// Types of variables and ports. Identity is the name: no RTTI, no implicit conversion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skein {

/// What one element of a column is: real = double, integer = std::int64_t, binary and boolean = std::uint8_t (0 or 1),
/// index = std::uint32_t (a row of a population, `no_row` when it points at none).
enum class Element : std::uint8_t { real, integer, binary, boolean, index };

inline constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::size_t no_population = std::numeric_limits<std::size_t>::max();

/// Bytes of one element.
[[nodiscard]] constexpr std::size_t element_bytes(Element element) noexcept {
  switch (element) {
    case Element::real:
    case Element::integer:
      return 8;
    case Element::index:
      return 4;
    case Element::binary:
    case Element::boolean:
      break;
  }
  return 1;
}

/// The name of the element type: "real", "integer", ….
[[nodiscard]] std::string_view element_name(Element element) noexcept;

/// One fixed-width, trivially copyable column: `width` elements a row. A solution bundle is one or more parts.
struct Part {
  Element element = Element::real;
  std::size_t width = 1;
  std::size_t indexed_population = no_population;  ///< for Element::index: which population of the plan it points into
  friend bool operator==(const Part&, const Part&) = default;
};

/// A type as it is written: `real`, `real[n,d]`, `index<swarm>[n,k]`, `solution[n]`, `T[n]`, `neighborhood<swarm>`.
///
/// `whole` is a real number that is an integer: whoever reads may take it for a `real`, whoever writes may not.
///
/// The axis `n` (always first) says: one row per row of a population, that is, a column; `m` in its place says the same
/// of another population than that of the operator's other columns. All other axes are sizes that are unified over the
/// whole graph: `d` is the dimension that the problem publishes, a number is itself. One capital letter is a type
/// variable; `solution` is the type variable that the problem binds.
struct TypeName {
  std::string element;
  std::string argument;
  std::vector<std::string> axes;

  [[nodiscard]] bool is_column() const noexcept {
    return !axes.empty() && (axes.front() == "n" || axes.front() == "m");
  }
  [[nodiscard]] bool is_variable() const noexcept;
  friend bool operator==(const TypeName&, const TypeName&) = default;
};

/// The parsed type, or nothing when the text is not of that form.
[[nodiscard]] std::optional<TypeName> parse_type(std::string_view text);

[[nodiscard]] std::string to_text(const TypeName& type);

}  // namespace skein
