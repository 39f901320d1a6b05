#include "operators/schedule/schedule.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "skein/json.hpp"

namespace skein {
namespace {

/// What stands for "no limit" where a limit is a number.
constexpr double no_limit = 1e300;

/// "0.5", "500", "inf".
std::string number_text(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf";
  const bool is_whole = number == std::trunc(number) && std::abs(number) < 1e15;
  return is_whole ? std::to_string(static_cast<std::int64_t>(number)) : write_json(Value(number), JsonLayout::one_line);
}

}  // namespace

bool check_schedule(const PrepareInput& input, Diagnostics& diagnostics, ScheduledNumbers numbers) {
  bool right = true;
  const auto refuse = [&](const std::string& port, std::string message, std::string expected, double found) {
    right = false;
    diagnostics.add(
        input.refusal("bad-schedule", "in/" + port, std::move(message), std::move(expected), number_text(found)));
  };
  const bool must_be_positive = numbers == ScheduledNumbers::positive;
  for (const std::string name : {"start", "end"}) {
    const std::optional<double> value = input.port(name).constant;
    if (!value || (std::isfinite(*value) && (*value > 0 || !must_be_positive))) continue;
    refuse(name,
           "This schedule cannot " + name + " with " + number_text(*value) +
               (must_be_positive ? ", because it goes from number to number by equal factors." : "."),
           must_be_positive ? "a number greater than 0" : "a finite number", *value);
  }
  const double minimum = input.port("minimum").constant.value_or(-std::numeric_limits<double>::infinity());
  for (const std::string name : {"start", "end"}) {
    const std::optional<double> value = input.port(name).constant;
    const bool is_refused_already = value && must_be_positive && *value <= 0;
    if (!value || is_refused_already || !std::isfinite(*value) || *value >= minimum) continue;
    refuse(name, "This schedule would " + name + " with " + number_text(*value) + ".",
           number_text(minimum) + " or more", *value);
  }
  if (input.port("start").constant.value_or(0) >= no_limit) {
    Diagnostic warning = input.refusal(
        "unlimited-schedule", "in/start",
        "This schedule starts at 1e300, which is no limit at all: until shortly before its end it limits nothing.",
        "a limit to start from, such as the parameter velocity_limit", "1e300");
    warning.severity = Severity::warning;
    diagnostics.add(std::move(warning));
  }
  const std::optional<double> first = input.port("start_index").constant;
  const std::optional<double> last = input.port("end_index").constant;
  if (first && last && *last < *first) {
    refuse("end_index",
           "This schedule ends at index " + number_text(*last) + ", before it starts at " + number_text(*first) + ".",
           number_text(*first) + " or more", *last);
  }
  return right;
}

}  // namespace skein
