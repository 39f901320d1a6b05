// Every schedule against a plain version, at both ends, beyond them, and what is refused.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"

using namespace skein;

namespace {

using Formula = std::function<double(double, double, double)>;
using Parameter = std::pair<const char*, Value>;

struct Times {
  double start_index = 0;
  double end_index = 0;
};

double scheduled(const OperatorTable& table, double start, double end, double index, Times times,
                 const std::vector<Parameter>& parameters = {}) {
  SingleOperator single(table, 3, 1);
  single.bind("start", {start})
      .bind("end", {end})
      .bind("index", {index})
      .bind("start_index", {times.start_index})
      .bind("end_index", {times.end_index});
  for (const auto& [name, value] : parameters) single.parameter(name, value);
  single.run();
  REQUIRE(!single.diagnostics().has_errors());
  return single.content("value").front();
}

void check_schedule_is(const OperatorTable& table, const Formula& formula,
                       const std::vector<Parameter>& parameters = {}) {
  for (const Times times : {Times{0, 10}, Times{7, 1007}, Times{-5, 5}, Times{0, 3e9}, Times{1e15, 1e15 + 4}}) {
    for (const auto& ends : {std::pair{0.9, 0.4}, {0.4, 0.9}, {1e-3, 12.5}, {0.7, 0.7}}) {
      const double start = ends.first;
      const double end = ends.second;
      CAPTURE(table.name);
      CAPTURE(times.end_index);
      CAPTURE(start);
      const auto at = [&](double index) { return scheduled(table, start, end, index, times, parameters); };
      const double length = times.end_index - times.start_index;
      for (const double index : {times.start_index, times.start_index - 1, -1e15})
        CHECK(same_bits({at(index)}, {start}));
      for (const double index : {times.end_index, times.end_index + 1, 9e15}) CHECK(same_bits({at(index)}, {end}));
      for (const double part : {0.25, 0.5, 0.7501, 0.9}) {
        const double index = std::floor(times.start_index + part * length);
        if (index <= times.start_index) continue;
        const double expected = formula(start, end, (index - times.start_index) / length);
        CHECK(at(index) == doctest::Approx(expected).epsilon(1e-13));
      }
    }
  }
}

std::string refusals(const OperatorTable& table, const std::vector<std::pair<const char*, double>>& constants,
                     std::vector<Value> parameters = {}) {
  std::vector<BoundPort> ports(table.ports.size());
  for (std::size_t i = 0; i < ports.size(); ++i) {
    for (const auto& [name, value] : constants) {
      if (table.ports[i].name == name) ports[i].constant = value;
    }
  }
  if (parameters.empty()) {
    for (const ParameterSpec& spec : table.parameters) parameters.push_back(default_value(spec));
  }
  Diagnostics diagnostics;
  void* prepared = table.prepare({nullptr, parameters, ports, {}, "adapt", table.ports}, diagnostics);
  CHECK((prepared == nullptr) == diagnostics.has_errors());
  if (prepared != nullptr) table.destroy_prepared(prepared);
  std::string text;
  for (const Diagnostic& finding : diagnostics.items()) text += to_text(finding) + "\n";
  return text;
}

}  // namespace

TEST_CASE("schedules compute what their formulas say between the ends, and hold the ends exactly") {
  check_schedule_is(linear_schedule_operator(), [](double s, double e, double u) { return s + (e - s) * u; });
  check_schedule_is(quadratic_schedule_operator(), [](double s, double e, double u) { return s + (e - s) * u * u; });
  check_schedule_is(square_root_schedule_operator(),
                    [](double s, double e, double u) { return s + (e - s) * std::sqrt(u); });
  check_schedule_is(exponential_schedule_operator(),
                    [](double s, double e, double u) { return s * std::pow(e / s, u); });
  check_schedule_is(cosine_schedule_operator(), [](double s, double e, double u) {
    return s + (e - s) * (1 - std::cos(std::numbers::pi * u)) / 2;
  });
  check_schedule_is(step_list_schedule_operator(), [](double s, double e, double u) {
    return s + (e - s) * (u < 0.25 ? 0 : u < 0.5 ? 0.25 : u < 0.75 ? 0.5 : 0.75);
  });
}

TEST_CASE("an exponential schedule goes through all of a number's range") {
  for (const auto& ends : {std::pair{1e300, 1e-10}, {1e-10, 1e299}, {1e-300, 1e300}, {1e300, 1e-300}}) {
    const double start = ends.first;
    const double end = ends.second;
    CAPTURE(start);
    for (int index = 1; index < 8; ++index) {
      const double u = index / 8.0;
      const double logarithm = (1 - u) * std::log10(start) + u * std::log10(end);
      CHECK(std::log10(scheduled(exponential_schedule_operator(), start, end, index, {0, 8})) ==
            doctest::Approx(logarithm).epsilon(1e-12));
    }
  }
}

TEST_CASE("a generalized exponential schedule bends by its base, and is linear for 1") {
  for (const double base : {1e-5, 0.3, 5.0, 1e6, 1e-300, 1e300}) {
    CAPTURE(base);
    const auto formula = [base](double s, double e, double u) {
      return s + (e - s) * std::expm1(u * std::log(base)) / std::expm1(std::log(base));
    };
    check_schedule_is(generalized_exponential_schedule_operator(), formula, {{"base", base}});
  }
  for (const double base : {1.0, 1 + 1e-15, 1 - 1e-15, 1.000001}) {
    CAPTURE(base);
    const double value = scheduled(generalized_exponential_schedule_operator(), 0, 1, 300, {0, 1000}, {{"base", base}});
    CHECK(value == doctest::Approx(0.3).epsilon(2e-6));
  }
  const auto at_default = scheduled(generalized_exponential_schedule_operator(), 0, 1, 250, {0, 1000});
  CHECK(at_default == doctest::Approx((std::pow(1e-5, 0.25) - 1) / (1e-5 - 1)));
}

TEST_CASE("a constant schedule stays at its start") {
  SingleOperator single(constant_schedule_operator(), 3, 1);
  single.bind("start", {0.625}).run();
  CHECK(single.content("value") == std::vector<double>{0.625});
}

TEST_CASE("a step list takes the last step that is reached") {
  const Value steps(List{Value(List{Value(0), Value(0.5)}), Value(List{Value(0.5), Value(2.0)})});
  const auto at = [&](double index) {
    return scheduled(step_list_schedule_operator(), 10, 20, index, {0, 100}, {{"steps", steps}});
  };
  CHECK(at(0) == 10);
  CHECK(at(1) == 15);
  CHECK(at(49) == 15);
  CHECK(at(50) == 30);
  CHECK(at(99) == 30);
  CHECK(at(100) == 20);
}

TEST_CASE("an interval of no length is one step, and an end before the start is the end from there on") {
  for (const OperatorTable* table : {&linear_schedule_operator(), &cosine_schedule_operator()}) {
    CHECK(scheduled(*table, 1, 2, 4, {5, 5}) == 1);
    CHECK(scheduled(*table, 1, 2, 5, {5, 5}) == 2);
    CHECK(scheduled(*table, 1, 2, 6, {5, 5}) == 2);
    CHECK(scheduled(*table, 1, 2, 2, {5, 3}) == 1);
    CHECK(scheduled(*table, 1, 2, 4, {5, 3}) == 2);
    CHECK(scheduled(*table, 1, 2, 6, {5, 3}) == 2);
  }
}

TEST_CASE("an index as large as integers get overflows nothing") {
  constexpr double most = 9.2e18;
  for (const OperatorTable* table : {&quadratic_schedule_operator(), &linear_schedule_operator()}) {
    const double middle = scheduled(*table, 0, 1, 0, {-most, most});
    CHECK(middle == doctest::Approx(table == &linear_schedule_operator() ? 0.5 : 0.25));
  }
}

TEST_CASE("schedules with impossible ends are refused, with all that is wrong") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(refusals(linear_schedule_operator(), {{"start", 0}, {"end", -1}, {"start_index", 3}, {"end_index", 3}}) == "");
  CHECK(refusals(linear_schedule_operator(), {{"end", infinity}, {"start_index", 10}, {"end_index", 3}}) ==
        "error: This schedule cannot end with inf. [bad-schedule]\n  path: adapt/in/end\n"
        "  expected: a finite number\n  found: inf\n"
        "error: This schedule ends at index 3, before it starts at 10. [bad-schedule]\n  path: adapt/in/end_index\n"
        "  expected: 10 or more\n  found: 3\n");
  CHECK(refusals(exponential_schedule_operator(), {{"start", 0}, {"end", -0.5}}) ==
        "error: This schedule cannot start with 0, because it goes from number to number by equal factors. "
        "[bad-schedule]\n  path: adapt/in/start\n  expected: a number greater than 0\n  found: 0\n"
        "error: This schedule cannot end with -0.5, because it goes from number to number by equal factors. "
        "[bad-schedule]\n  path: adapt/in/end\n  expected: a number greater than 0\n  found: -0.5\n");
  CHECK(refusals(exponential_schedule_operator(), {{"start", 1e-300}, {"end", 1}}) == "");
  CHECK(refusals(constant_schedule_operator(), {{"start", infinity}}) != "");
  CHECK(refusals(linear_schedule_operator(), {{"start", 0.5}, {"end", -1}, {"minimum", 0}}) ==
        "error: This schedule would end with -1. [bad-schedule]\n  path: adapt/in/end\n"
        "  expected: 0 or more\n  found: -1\n");
  CHECK(refusals(linear_schedule_operator(), {{"start", 1e300}, {"end", 1}}) ==
        "warning: This schedule starts at 1e300, which is no limit at all: until shortly before its end it limits "
        "nothing. [unlimited-schedule]\n  path: adapt/in/start\n"
        "  expected: a limit to start from, such as the parameter velocity_limit\n  found: 1e300\n");
}

TEST_CASE("step lists that are empty, no list, not ascending or outside are refused") {
  const auto pair = [](double a, double b) { return Value(List{Value(a), Value(b)}); };
  const auto refused = [](const Value& steps) { return refusals(step_list_schedule_operator(), {}, {steps}); };
  CHECK(refused(Value(List{pair(0, 0), pair(1, 1)})) == "");
  const std::string no_list =
      "error: 'steps' is no list of steps. [bad-schedule]\n  path: adapt/parameters/steps\n"
      "  expected: one or more pairs such as [0.5, 0.5]\n";
  for (const Value& steps : {Value(List{}), Value(3), Value("half"), Value(List{Value(0.5)}),
                             Value(List{pair(0.5, std::numeric_limits<double>::infinity())}),
                             Value(List{Value(List{Value(0.5), Value("a")})})}) {
    CHECK(refused(steps) == no_list);
  }
  CHECK(refused(Value(List{pair(0.5, 0), pair(0.5, 1)})) ==
        "error: The steps do not ascend. [bad-schedule]\n  path: adapt/parameters/steps\n"
        "  expected: first numbers that ascend\n");
  CHECK(refused(Value(List{pair(1.5, 0)})) ==
        "error: A step lies outside of the schedule. [bad-schedule]\n  path: adapt/parameters/steps\n"
        "  expected: first numbers from 0 to 1\n");
}
