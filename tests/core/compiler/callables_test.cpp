// Operators that evaluate for themselves, in graphs: what fills their port, and what is refused.
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "plan/plan.hpp"
#include "skein/callable.hpp"
#include "skein/operator.hpp"
#include "tests/core/compiler/workbench.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein::test {
namespace {

/// found <- the fitness of the origin, by the evaluator.
struct LookAtOrigin {
  static constexpr std::string_view name = "look_at_origin";
  static constexpr std::string_view summary = "evaluates the origin";
  static constexpr bool host_arithmetic = true;
  struct Ports {
    In<double> position;
    InEvaluator evaluate;
    Out<double> found;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", ""),
                                           callable("evaluate", &Ports::evaluate, "evaluator", ""),
                                           out("found", &Ports::found, "fitness[n]", "")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const std::array<double, 4> origin{};
      const FitnessRow fitness = io.evaluate(row, origin);
      for (std::size_t i = 0; i < fitness.width; ++i) io.found(row, i) = fitness.data[i];
    }
  }
};

/// fitness <- (0, 7 + by).
struct Seven {
  static constexpr std::string_view name = "seven";
  static constexpr std::string_view summary = "always about seven";
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  struct Parameters {
    double by = 0;
  };
  static constexpr auto parameters = std::tuple{parameter("by", &Parameters::by, "0", "")};
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", ""),
                                           out("fitness", &Ports::fitness, "fitness[n]", "")};
  static void run(const Ports& io, const Parameters& given, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.fitness(row, 0) = 0;
      io.fitness(row, 1) = 7 + given.by;
    }
  }
};

/// An evaluator whose answers come later.
struct AskLater {
  static constexpr std::string_view name = "ask_later";
  static constexpr std::string_view summary = "waits";
  static constexpr bool can_wait = true;
  using Ports = Seven::Ports;
  static constexpr auto ports = Seven::ports;
  static void run(const Ports&, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) context.defer(row);
  }
};

Session session_with_callers() {
  Session session = make_session();
  session.registry().begin_plugin("callers");
  session.registry().add(operator_table<LookAtOrigin>());
  session.registry().add(operator_table<Seven>());
  session.registry().add(operator_table<AskLater>());
  REQUIRE_MESSAGE(session.registry().diagnostics().empty(), all_text(session.registry().diagnostics()));
  return session;
}

std::string looking(std::string_view slots) {
  return run_text(graph_text(R"("look": {"operator": "look_at_origin", "out": {"found": "fitness"}},
 "note": {"operator": "keep"})",
                             R"("look", "note")", slots));
}

TEST_CASE("a callable evaluator is the problem's, unless a slot of the graph holds another one") {
  const Session session = session_with_callers();
  const Job own = prepared(session, looking(""));
  check_same_bits(own.plan);
  Run run(own.plan, own.options);
  run.advance();
  CHECK(reals(run, "best_fitness")[1] == 0.0);
  CHECK(run.evaluations() == 2 * 5);
  const Job chosen = prepared(session, looking(R"("slots": {"rater": {"role": "evaluator",
 "default": {"operator": "seven", "parameters": {"by": -9}}}},)"));
  Run other(chosen.plan, chosen.options);
  other.advance();
  CHECK(reals(other, "best_fitness")[1] == -2.0);
}

TEST_CASE("a callable evaluator that waits is refused") {
  CHECK(
      findings(session_with_callers(),
               looking(R"("slots": {"rater": {"role": "evaluator", "default": "ask_later"}},)")) ==
      R"(r.json:10:11: error: 'look' evaluates solutions itself, but the evaluator 'ask_later' waits for results from outside. [evaluator-waits]
  path: look/evaluate
  expected: an evaluator that answers when it is called
  found: 'ask_later', which waits
  suggestion: Leave out 'look', or use an evaluator that does not wait.
)");
}

TEST_CASE("an operator that could not stand its calls is refused by the catalogue") {
  OperatorTable table = operator_table<LookAtOrigin>();
  table.host_arithmetic = false;
  table.can_fail = false;
  Session session = make_session();
  session.registry().begin_plugin("callers");
  session.registry().add(table);
  const std::string text = all_text(session.registry().diagnostics());
  CHECK(text.find("only a row operator that can fail calls others, because a call can fail") != std::string::npos);
  CHECK(text.find("an operator that calls others runs in the host's arithmetic") != std::string::npos);
}

}  // namespace
}  // namespace skein::test
