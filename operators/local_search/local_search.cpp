#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "operators/local_search/search.hpp"
#include "skein/local_search.hpp"
#include "skein/operator.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

using local_search::Method;
using local_search::Search;
using local_search::SearchSettings;

/// position, fitness <- the best that a search within the bounds finds around `start`, never worse than it.
///
/// `chosen` says which rows; the others are copied. Each row may use `budget` evaluations, and all chosen rows together
/// what the run's limit leaves, in equal shares, so that the limit is never exceeded. A search also ends at the run's
/// target, or when it would move less than `tolerance`, relative to positions or to the width of the bounds.
///
/// - nelder_mead: simplex of d + 1 solutions, bounded as in Box (1965). For few dimensions, noise and kinks.
/// - sbplx: Nelder and Mead in subspaces (Rowan 1990).
/// - cobyla: linear models, with the violation as a constraint (Powell 1994).
/// - bobyqa: quadratic models of 2 d + 1 solutions (Powell 2009); with one dimension cobyla.
/// - lbfgs: limited-memory quasi-Newton steps (Nocedal 1980; Luksan's code) along slopes by central differences, which
///   cost 2 d evaluations each. For smooth objectives.
///
/// All but cobyla minimize objective + penalty · violation. The first objective counts. Memory is taken for each
/// search. Cost: that of the evaluations and of NLopt (Johnson), O(d) to O(d^2) per evaluation.
struct LocalSearch {
  static constexpr std::string_view name = "local_search";
  static constexpr std::string_view summary = "searches around solutions by a method of NLopt, evaluating for itself";
  static constexpr std::string_view source = "Johnson, The NLopt nonlinear-optimization package";
  static constexpr auto roles = std::array<std::string_view, 1>{"local_search"};
  static constexpr bool host_arithmetic = true;

  struct Ports {
    In<double> start;
    InFitness start_fitness;
    In<std::uint8_t> chosen;
    In<double> lower, upper;
    In<std::int64_t> budget;
    In<double> tolerance, initial_step, penalty;
    InEvaluator evaluate;
    Out<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{
      in("start", &Ports::start, "real[n,d]", "where the searches start"),
      in("start_fitness", &Ports::start_fitness, "fitness[n]", "fitness of `start`"),
      in("chosen", &Ports::chosen, "boolean[n]", "for which rows is searched; all when it is not bound")
          .any()
          .optional(),
      in("lower", &Ports::lower, "real[d]", "lower bounds"),
      in("upper", &Ports::upper, "real[d]", "upper bounds"),
      in("budget", &Ports::budget, "integer", "most evaluations of each search").initial("=500*d").minimum(0),
      in("tolerance", &Ports::tolerance, "real", "a search that moves less ends").initial("1e-10").range(0, 0.1),
      in("initial_step", &Ports::initial_step, "real", "first steps, as a fraction of the width of the bounds")
          .initial("0.05")
          .range(1e-6, 0.25),
      in("penalty", &Ports::penalty, "real", "added to the objective per unit of violation; not for cobyla")
          .initial("1e6")
          .minimum(0),
      callable("evaluate", &Ports::evaluate, "evaluator", "evaluates what the searches ask for"),
      out("position", &Ports::position, "real[n,d]", "the best that was found"),
      out("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`")};

  struct Parameters {
    Method method = Method::lbfgs;
  };
  static constexpr auto parameters = std::tuple{parameter("method", &Parameters::method, "lbfgs", "how is searched")
                                                    .choices("nelder_mead|sbplx|cobyla|bobyqa|lbfgs")};

  static bool is_chosen(const Ports& io, std::size_t row) noexcept { return !io.chosen || io.chosen.value(row) != 0; }

  /// The share of one row in what the run's limit leaves.
  static std::uint64_t share(const Ports& io) noexcept {
    std::uint64_t count = 0;
    for (std::size_t row = 0; row < io.start.rows(); ++row) count += is_chosen(io, row) ? 1 : 0;
    return io.evaluate.evaluations_left() / std::max<std::uint64_t>(count, 1);
  }

  static void copy(const Ports& io, std::size_t row, const double* position, FitnessRow fitness) noexcept {
    std::copy_n(position, io.position.width(), io.position.row(row));
    std::copy_n(fitness.data, fitness.width, io.fitness.row(row));
  }

  static void run(const Ports& io, const Parameters& given, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (!is_chosen(io, row)) {
        copy(io, row, io.start.row(row), io.start_fitness[row]);
        continue;
      }
      const auto budget = static_cast<std::uint64_t>(std::max<std::int64_t>(io.budget.value(), 0));
      const std::size_t width = io.start.width();
      const SearchSettings settings{given.method, std::min(budget, share(io)), io.tolerance.value(),
                                    std::min(std::max(io.initial_step.value(), 1e-12), 0.5), io.penalty.value()};
      Search search(io.evaluate, row, settings, {io.lower.row(0), width}, {io.upper.row(0), width});
      search.run({io.start.row(row), width}, io.start_fitness[row]);
      copy(io, row, search.best().data(), search.best_fitness());
    }
  }
};

}  // namespace

void register_local_search(Registry& registry) { registry.add(operator_table<LocalSearch>()); }

}  // namespace skein
