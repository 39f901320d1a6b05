#include "operators/schedule/schedule.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "skein/json.hpp"

namespace skein {
namespace {

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
