// In which floating-point environment operators run: their own one, or the host's.
#include "run/own_arithmetic.hpp"

#include <doctest/doctest.h>

#include <cfenv>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

constexpr double denormal = 0x1p-1050;

/// tiny <- tiny / 2, third <- 1 / 3, which no compiler can foresee: they show denormals and the direction of rounding.
template <bool is_foreign>
struct Halve {
  static constexpr std::string_view name = is_foreign ? "foreign" : "own";
  static constexpr std::string_view summary = "shows the environment";
  static constexpr bool host_arithmetic = is_foreign;
  struct Ports {
    InOut<double> tiny, third;
  };
  static constexpr auto ports =
      std::tuple{inout("tiny", &Ports::tiny, "real[n]", ""), inout("third", &Ports::third, "real[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      volatile double tiny = io.tiny.value(row);
      volatile double three = 3.0;
      io.tiny.value(row) = tiny / 2;
      io.third.value(row) = 1.0 / three;
    }
  }
};

struct HalveAtOnce {
  static constexpr std::string_view name = "halve_at_once";
  static constexpr std::string_view summary = "the same as a step operator";
  using Ports = Halve<false>::Ports;
  static constexpr auto ports = std::tuple{inout("tiny", &Ports::tiny, "real[n]", "").whole(),
                                           inout("third", &Ports::third, "real[n]", "").whole()};
  static void run(const Ports& io, StepContext&) noexcept {
    for (std::size_t row = 0; row < io.tiny.rows(); ++row) {
      volatile double tiny = io.tiny.value(row);
      io.tiny.value(row) = tiny / 2;
    }
  }
};

struct Columns {
  PlanBuilder builder{2};
  std::size_t swarm = builder.population("swarm", 300);
  Ports ports(const std::string& suffix) {
    return {{"tiny", variable(builder.column(swarm, "tiny" + suffix, {real_part()}, {denormal}))},
            {"third", variable(builder.column(swarm, "third" + suffix, {real_part()}))}};
  }
};

std::shared_ptr<const Plan> mixed_plan() {
  Columns columns;
  columns.builder.step<Halve<false>>("own", columns.swarm, columns.ports(" of own"));
  columns.builder.step<Halve<true>>("foreign", columns.swarm, columns.ports(" of foreign"));
  columns.builder.step<Halve<false>>("own again", columns.swarm, columns.ports(" of own again"));
  columns.builder.step<HalveAtOnce>("at once", no_population, columns.ports(" at once"));
  return columns.builder.build();
}

std::vector<double> all(double value) { return std::vector<double>(300, value); }

#if defined(__SSE2__)
TEST_CASE("denormal numbers are flushed in Skein's own operators, and there only") {
  const auto plan = mixed_plan();
  check_reals(plan, "swarm.tiny of own", all(0.0));
  check_reals(plan, "swarm.tiny of own again", all(0.0));
  check_reals(plan, "swarm.tiny at once", all(0.0));
  check_reals(plan, "swarm.tiny of foreign", all(denormal / 2));
}
#endif

TEST_CASE("denormal numbers are kept where that is wanted") {
  RunOptions options;
  options.flush_denormals = false;
  const auto plan = mixed_plan();
  for (const char* name : {"own", "own again", "foreign"}) {
    check_reals(plan, std::string("swarm.tiny of ") + name, all(denormal / 2), options);
  }
  check_reals(plan, "swarm.tiny at once", all(denormal / 2), options);
}

TEST_CASE("the host's environment is left as it was, and cannot change what Skein's own operators compute") {
  const auto plan = mixed_plan();
  REQUIRE(std::fesetround(FE_UPWARD) == 0);
  Run run(plan, {});
  run.advance();
  const int rounding = std::fegetround();
  std::fesetround(FE_TONEAREST);
  CHECK(rounding == FE_UPWARD);
  CHECK(reals(run, "swarm.third of own") == all(0x1.5555555555555p-2));
  CHECK(reals(run, "swarm.third of foreign") == all(0x1.5555555555556p-2));
}

}  // namespace
}  // namespace skein::test
