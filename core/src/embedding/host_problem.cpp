#include "skein/host_problem.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "embedding/host_evaluator.hpp"
#include "run/services.hpp"

namespace skein {
namespace {

enum EvaluatorPort : std::size_t { position_port = host_solution_port, fitness_port };

constexpr std::array<PortSpec, 2> ports_of_evaluator(std::string_view solutions) {
  std::array<PortSpec, 2> ports;
  PortSpec& position = ports[position_port];
  position.name = "position";
  position.type = solutions;
  position.summary = "the solutions";
  PortSpec& fitness = ports[fitness_port];
  fitness.name = "fitness";
  fitness.type = "fitness[n]";
  fitness.summary = "violation, and the objectives as they are minimized";
  fitness.direction = Direction::out;
  return ports;
}

constexpr std::array<PortSpec, 2> evaluator_ports = ports_of_evaluator("solution[n]");
/// Of a function that takes the numbers of one solution.
constexpr std::array<PortSpec, 2> number_ports = ports_of_evaluator("real[n,d]");

constexpr std::array<std::string_view, 1> evaluator_roles = {"evaluator"};

/// What the evaluator of one problem needs.
struct Evaluation {
  OperatorTable table;
  SolutionObjective objective;
  TileObjective tile_objective;
  std::vector<double> signs;  ///< of the objectives: fitness = sign * value
};

void* prepare_evaluation(const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); }

void keep_prepared(void*) {}

void evaluate_solutions(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  const SolutionTile tile(ports[position_port], context.rows());
  const Out<double> fitness(ports[fitness_port]);
  for (std::size_t i = 0; i < tile.size(); ++i) {
    const std::size_t row = tile.rows().first + i;
    const double value = evaluation.objective(tile.numbers(i));
    fitness.row(row)[0] = 0.0;
    fitness.row(row)[1] = evaluation.signs.front() * value;
    context.finished(row);
  }
}

constexpr std::size_t most_dimensions = 100'000'000;

/// Rows that a function of tiles is called with at a time: their values stay on the stack.
constexpr std::size_t most_tile_numbers = 256;

void evaluate_tiles(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  const Out<double> fitness(ports[fitness_port]);
  const std::size_t objectives = evaluation.signs.size();
  const std::size_t most_rows = most_tile_numbers / objectives;
  std::array<double, most_tile_numbers> values;
  std::array<double, most_tile_numbers> violations;
  const Rows rows = context.rows();
  for (std::size_t first = rows.first; first < rows.last; first += most_rows) {
    const Rows part{first, std::min(first + most_rows, rows.last)};
    std::fill_n(violations.begin(), part.count(), 0.0);
    // What the function leaves out is no value.
    std::fill_n(values.begin(), part.count() * objectives, std::numeric_limits<double>::quiet_NaN());
    evaluation.tile_objective(SolutionTile(ports[position_port], part),
                              std::span(values).first(part.count() * objectives),
                              std::span(violations).first(part.count()));
    for (std::size_t i = 0; i < part.count(); ++i) {
      if (!(violations[i] >= 0.0)) {
        if (i > 0) context.finished(first + i - 1);
        throw std::runtime_error(wrong_violation("", violations[i]));
      }
      double* numbers = fitness.row(first + i);
      numbers[0] = violations[i];
      for (std::size_t k = 0; k < objectives; ++k) {
        numbers[1 + k] = evaluation.signs[k] * values[i * objectives + k];
      }
    }
    context.finished(part.last - 1);
  }
}

void defer_all(const void*, const PortView*, RowContext& context) {
  const auto [first, last] = context.rows();
  RowStatus* const status = context.services().status;
  if (status != nullptr) std::fill(status + first, status + last, RowStatus::deferred);
}

OperatorTable host_table(std::string_view name) {
  OperatorTable table;
  table.name = name;
  table.summary = "computes the objectives of every row";
  table.can_fail = true;
  table.reports_rows = true;
  table.host_arithmetic = true;
  table.ports = evaluator_ports;
  table.roles = evaluator_roles;
  return table;
}

OperatorTable make_waiting_table() {
  OperatorTable table = host_table("wait_for_host");
  table.summary = "waits for the objectives that the host tells";
  table.can_wait = true;
  table.run_rows = &defer_all;
  return table;
}

std::shared_ptr<const OperatorTable> make_evaluator(HostProblem& description) {
  if (!description.objective && !description.tile_objective) return waiting_evaluator();
  auto evaluation = std::make_shared<Evaluation>();
  for (const Objective& objective : description.objectives) {
    evaluation->signs.push_back(objective.sense == Sense::maximize ? -1.0 : 1.0);
  }
  evaluation->objective = std::move(description.objective);
  evaluation->tile_objective = std::move(description.tile_objective);
  OperatorTable& table = evaluation->table;
  table = host_table(evaluation->objective ? "evaluate_solutions" : "evaluate_tiles");
  if (evaluation->objective) table.ports = number_ports;
  table.thread_safe = description.thread_safe;
  table.user = evaluation.get();
  table.prepare = &prepare_evaluation;
  table.destroy_prepared = &keep_prepared;
  table.run_rows = evaluation->objective ? &evaluate_solutions : &evaluate_tiles;
  return {evaluation, &table};
}

/// Reports what is wrong with a description.
class Checker {
 public:
  Checker(const HostProblem& problem, Diagnostics& diagnostics) : problem_(problem), diagnostics_(diagnostics) {}

  void check() {
    if (problem_.name.empty()) report("bad-problem", "name", "has no name", "a name", "an empty text");
    if (problem_.dimension == 0 || problem_.dimension > most_dimensions) {
      const bool is_none = problem_.dimension == 0;
      report("bad-dimension", "dimension", is_none ? "has no dimension" : "has too many dimensions",
             is_none ? "1 or more" : "1 to " + std::to_string(most_dimensions), std::to_string(problem_.dimension));
    }
    check_bounds();
    if (problem_.best_known && std::isnan(*problem_.best_known)) {
      report("bad-problem", "best_known", "has a best known value that is no number", "a number, or none", "NaN");
    }
    if (problem_.objectives.empty() || problem_.objectives.size() > most_tile_numbers) {
      report("bad-problem", "objectives", "has the wrong number of objectives",
             "1 to " + std::to_string(most_tile_numbers), std::to_string(problem_.objectives.size()));
    }
    if (problem_.objective && problem_.tile_objective) {
      report("bad-problem", "tile_objective", "has two functions for its objectives", "`objective` or `tile_objective`",
             "both");
    }
    if (problem_.objective && problem_.objectives.size() > 1) {
      report("bad-problem", "objective", "has several objectives, and a function that computes one",
             "`tile_objective`, which computes all", std::to_string(problem_.objectives.size()) + " objectives");
    }
  }

 private:
  void check_bounds() {
    const bool lower_is_good = check_bound("lower", problem_.lower);
    const bool upper_is_good = check_bound("upper", problem_.upper);
    if (!lower_is_good || !upper_is_good) return;
    if (problem_.lower.empty() != problem_.upper.empty()) {
      report("bad-bounds", problem_.lower.empty() ? "lower" : "upper", "has one bound without the other",
             "`lower` and `upper`, or neither", "one of them");
      return;
    }
    if (problem_.lower.empty()) return;
    const std::size_t count = std::max(problem_.lower.size(), problem_.upper.size());
    for (std::size_t i = 0; i < count; ++i) {
      const double lower = problem_.lower[problem_.lower.size() == 1 ? 0 : i];
      const double upper = problem_.upper[problem_.upper.size() == 1 ? 0 : i];
      if (lower <= upper) continue;
      report("bad-bounds", "lower", "has a lower bound above the upper one", "lower <= upper",
             "dimension " + std::to_string(i + 1));
      return;
    }
  }

  bool check_bound(const std::string& name, const std::vector<double>& bound) {
    if (bound.size() > 1 && bound.size() != problem_.dimension) {
      report("bad-bounds", name, "has a bound `" + name + "` with the wrong number of values",
             "1 number or " + std::to_string(problem_.dimension), std::to_string(bound.size()) + " numbers");
      return false;
    }
    if (std::ranges::all_of(bound, [](double value) { return std::isfinite(value); })) return true;
    report("bad-bounds", name, "has a bound `" + name + "` that is not finite", "finite numbers", "");
    return false;
  }

  void report(std::string code, std::string path, const std::string& what, std::string expected, std::string found) {
    Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.path = std::move(path);
    diagnostic.message = "The problem '" + problem_.name + "' " + what + ".";
    diagnostic.expected = std::move(expected);
    diagnostic.found = std::move(found);
    diagnostics_.add(std::move(diagnostic));
  }

  const HostProblem& problem_;
  Diagnostics& diagnostics_;
};

std::vector<double> for_every_dimension(std::vector<double> values, std::size_t dimension) {
  if (values.size() == 1) values.resize(dimension, values.front());
  return values;
}

PublishedValue bound(const char* name, const std::vector<double>& values, std::size_t dimension) {
  constexpr double most_whole = 0x1p53;
  const bool whole = std::ranges::all_of(
      values, [](double value) { return value == std::trunc(value) && std::abs(value) <= most_whole; });
  return {name, whole ? "whole[d]" : "real[d]", for_every_dimension(values, dimension)};
}

}  // namespace

std::shared_ptr<const OperatorTable> waiting_evaluator() {
  return std::make_shared<const OperatorTable>(make_waiting_table());
}

bool waits_for_host(const OperatorTable& table) noexcept { return table.run_rows == &defer_all; }

bool takes_numbers(const OperatorTable& table) noexcept { return table.run_rows == &evaluate_solutions; }

std::string wrong_violation(std::string_view whose, double violation) {
  return "the violation" + std::string(whose) + " is " + (std::isnan(violation) ? "no number (NaN)" : "negative") +
         ": it is 0 for a feasible solution";
}

bool waits_for_host(const Problem& problem) noexcept {
  return problem.evaluator != nullptr && waits_for_host(*problem.evaluator);
}

std::shared_ptr<const Problem> make_problem(HostProblem description, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Checker(description, diagnostics).check();
  if (diagnostics.error_count() != errors_before) return nullptr;
  auto problem = std::make_shared<Problem>();
  problem->name = description.name;
  problem->encoding = description.encoding;
  problem->dimension = description.dimension;
  if (!description.lower.empty()) {
    problem->published = {bound("lower", description.lower, description.dimension),
                          bound("upper", description.upper, description.dimension)};
  }
  for (PublishedValue& value : description.published) problem->published.push_back(std::move(value));
  problem->evaluator = make_evaluator(description);
  problem->objectives = std::move(description.objectives);
  problem->best_known = description.best_known;
  problem->offers = std::move(description.offers);
  return problem;
}

}  // namespace skein
