#include "expression/overloads.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "expression/integer_arithmetic.hpp"
#include "skein/math.hpp"

namespace skein::expression {
namespace {

constexpr auto boolean = ScalarType::boolean;
constexpr auto integer = ScalarType::integer;
constexpr auto real = ScalarType::real;

double sign(double x) noexcept {
  if (x > 0.0) return 1.0;
  return x < 0.0 ? -1.0 : x;
}

// Integers stand before reals: the first form that fits is taken. Of the standard library only what IEEE 754 defines
// to the last bit is used: floor, ceil, round, sqrt, abs, fmod.
constexpr std::array overloads = {
    Overload{"+", 1, integer, integer, [](const Cell* x, bool&) noexcept { return x[0]; }},
    Overload{"+", 1, real, real, [](const Cell* x, bool&) noexcept { return x[0]; }},
    Overload{"-", 1, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(subtract(0, x->integer, o)); }},
    Overload{"-", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(-x->real); }},
    Overload{"not", 1, boolean, boolean, [](const Cell* x, bool&) noexcept { return cell(!x->boolean); }},

    Overload{"+", 2, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(add(x[0].integer, x[1].integer, o)); }},
    Overload{"+", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(x[0].real + x[1].real); }},
    Overload{"-", 2, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(subtract(x[0].integer, x[1].integer, o)); }},
    Overload{"-", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(x[0].real - x[1].real); }},
    Overload{"*", 2, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(multiply(x[0].integer, x[1].integer, o)); }},
    Overload{"*", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(x[0].real * x[1].real); }},
    Overload{"/", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(x[0].real / x[1].real); }},
    Overload{"%", 2, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(remainder(x[0].integer, x[1].integer, o)); }},
    Overload{"%", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(std::fmod(x[0].real, x[1].real)); }},
    Overload{"^", 2, integer, integer,
             [](const Cell* x, bool& o) noexcept { return cell(power(x[0].integer, x[1].integer, o)); }},
    Overload{"^", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(math::pow(x[0].real, x[1].real)); }},

    Overload{"<", 2, integer, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].integer < x[1].integer); }},
    Overload{"<", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real < x[1].real); }},
    Overload{"<=", 2, integer, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].integer <= x[1].integer); }},
    Overload{"<=", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real <= x[1].real); }},
    Overload{">", 2, integer, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].integer > x[1].integer); }},
    Overload{">", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real > x[1].real); }},
    Overload{">=", 2, integer, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].integer >= x[1].integer); }},
    Overload{">=", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real >= x[1].real); }},
    Overload{"==", 2, boolean, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].boolean == x[1].boolean); }},
    Overload{"==", 2, integer, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].integer == x[1].integer); }},
    Overload{"==", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real == x[1].real); }},
    Overload{"!=", 2, boolean, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].boolean != x[1].boolean); }},
    Overload{"!=", 2, integer, boolean,
             [](const Cell* x, bool&) noexcept { return cell(x[0].integer != x[1].integer); }},
    Overload{"!=", 2, real, boolean, [](const Cell* x, bool&) noexcept { return cell(x[0].real != x[1].real); }},

    Overload{"abs", 1, integer, integer, [](const Cell* x, bool& o) noexcept { return cell(absolute(x->integer, o)); }},
    Overload{"abs", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(std::abs(x->real)); }},
    Overload{"min", 2, integer, integer,
             [](const Cell* x, bool&) noexcept { return cell(std::min(x[0].integer, x[1].integer)); }},
    Overload{"min", 2, real, real,
             [](const Cell* x, bool&) noexcept { return cell(math::minimum(x[0].real, x[1].real)); }},
    Overload{"max", 2, integer, integer,
             [](const Cell* x, bool&) noexcept { return cell(std::max(x[0].integer, x[1].integer)); }},
    Overload{"max", 2, real, real,
             [](const Cell* x, bool&) noexcept { return cell(math::maximum(x[0].real, x[1].real)); }},
    Overload{"floor", 1, integer, integer, [](const Cell* x, bool&) noexcept { return *x; }},
    Overload{"floor", 1, real, integer,
             [](const Cell* x, bool& o) noexcept { return cell(to_integer(std::floor(x->real), o)); }},
    Overload{"ceil", 1, integer, integer, [](const Cell* x, bool&) noexcept { return *x; }},
    Overload{"ceil", 1, real, integer,
             [](const Cell* x, bool& o) noexcept { return cell(to_integer(std::ceil(x->real), o)); }},
    Overload{"round", 1, integer, integer, [](const Cell* x, bool&) noexcept { return *x; }},
    Overload{"round", 1, real, integer,
             [](const Cell* x, bool& o) noexcept { return cell(to_integer(std::round(x->real), o)); }},
    Overload{"sqrt", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(std::sqrt(x->real)); }},
    Overload{"exp", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(math::exp(x->real)); }},
    Overload{"log", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(math::log(x->real)); }},
    Overload{"pow", 2, real, real, [](const Cell* x, bool&) noexcept { return cell(math::pow(x[0].real, x[1].real)); }},
    Overload{"sin", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(math::sin(x->real)); }},
    Overload{"cos", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(math::cos(x->real)); }},
    Overload{"sign", 1, integer, integer,
             [](const Cell* x, bool&) noexcept { return cell(std::int64_t{(x->integer > 0) - (x->integer < 0)}); }},
    Overload{"sign", 1, real, real, [](const Cell* x, bool&) noexcept { return cell(sign(x->real)); }},
};

bool is_function(const Overload& overload) noexcept {
  return overload.name.front() >= 'a' && overload.name.front() <= 'z' && overload.name != "not";
}

bool takes(const Overload& overload, std::span<const ScalarType> arguments) noexcept {
  return std::all_of(arguments.begin(), arguments.end(), [&overload](ScalarType type) {
    return type == overload.parameter || (type == integer && overload.parameter == real);
  });
}

}  // namespace

const Overload* find_overload(std::string_view name, std::span<const ScalarType> arguments) noexcept {
  for (const Overload& overload : overloads) {
    if (overload.name == name && overload.arity == arguments.size() && takes(overload, arguments)) return &overload;
  }
  return nullptr;
}

std::string_view accepted_types(std::string_view name, std::size_t arity) noexcept {
  bool numbers = false;
  bool booleans = false;
  for (const Overload& overload : overloads) {
    if (overload.name != name || overload.arity != arity) continue;
    (overload.parameter == boolean ? booleans : numbers) = true;
  }
  if (!booleans) return arity == 1 ? "a number" : "two numbers";
  if (!numbers) return arity == 1 ? "a boolean" : "two booleans";
  return "two numbers or two booleans";
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const Overload& overload : overloads) {
      const bool is_known = !found.empty() && found.back() == overload.name;
      if (is_function(overload) && !is_known) found.emplace_back(overload.name);
    }
    return found;
  }();
  return names;
}

std::size_t function_arity(std::string_view name) noexcept {
  for (const Overload& overload : overloads) {
    if (is_function(overload) && overload.name == name) return overload.arity;
  }
  return 0;
}

bool is_variadic(std::string_view name) noexcept { return name == "min" || name == "max"; }

}  // namespace skein::expression
