#include "skein/encodings/real_vector_problem.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace skein {
namespace {

/// What the evaluator of one problem needs.
struct Evaluation {
  OperatorTable table;
  double sign = 1;  ///< fitness = sign * f
  std::size_t objectives = 1;
  TileFunction tile_function = nullptr;
  RandomTileFunction random_tile_function = nullptr;
  ConstrainedTileFunction constrained_tile_function = nullptr;
  std::shared_ptr<const void> data;
  ObjectivesPointFunction point_function;
};

enum EvaluatorPort : std::size_t { position_port, fitness_port };

constexpr std::array<PortSpec, 2> evaluator_ports = [] {
  std::array<PortSpec, 2> ports;
  PortSpec& position = ports[position_port];
  position.name = "position";
  position.type = "real[n,d]";
  position.summary = "the solutions";
  PortSpec& fitness = ports[fitness_port];
  fitness.name = "fitness";
  fitness.type = "fitness[n]";
  fitness.summary = "violation (0: feasible), and the objectives as they are minimized";
  fitness.direction = Direction::out;
  return ports;
}();

constexpr std::array<std::string_view, 1> evaluator_roles = {"evaluator"};

constexpr std::array<StreamSpec, 1> evaluator_streams = {StreamSpec{"", "chance in the objective, row by row"}};

void* prepare_evaluation(const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); }

void keep_prepared(void*) {}

void store(const Evaluation& evaluation, double* fitness, double violation, const double* values) noexcept {
  fitness[0] = violation;
  for (std::size_t k = 0; k < evaluation.objectives; ++k) fitness[1 + k] = evaluation.sign * values[k];
}

constexpr std::size_t most_rows = 64;
constexpr std::size_t most_values = 256;
static_assert(most_values / most_objectives >= 8);

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Rows whose values have room, in groups of eight, which is what some functions compute side by side.
std::size_t rows_of_part(std::size_t objectives) { return std::min(most_rows, most_values / objectives / 8 * 8); }

/// Stores what `compute(position, part, violations, values)` finds for some rows at a time. Violations are 0 unless it
/// says otherwise.
template <class Compute>
void evaluate_parts(const Evaluation& evaluation, const PortView* ports, Rows rows, Compute compute) {
  const In<double> position(ports[position_port]);
  const Out<double> fitness(ports[fitness_port]);
  const std::size_t at_once = rows_of_part(evaluation.objectives);
  double violations[most_rows] = {};
  double values[most_values];
  for (std::size_t first = rows.first; first < rows.last; first += at_once) {
    const Rows part{first, std::min(first + at_once, rows.last)};
    compute(position, part, violations, values);
    for (std::size_t i = 0; i < part.count(); ++i) {
      store(evaluation, fitness.row(first + i), violations[i], values + i * evaluation.objectives);
    }
  }
}

void evaluate_tiles(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  evaluate_parts(evaluation, ports, context.rows(),
                 [&](const In<double>& position, Rows part, double*, double* values) {
                   evaluation.tile_function(evaluation.data.get(), position, part, values);
                 });
}

void evaluate_random_tiles(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  evaluate_parts(evaluation, ports, context.rows(),
                 [&](const In<double>& position, Rows part, double*, double* values) {
                   evaluation.random_tile_function(evaluation.data.get(), position, part, context, values);
                 });
}

void evaluate_constrained_tiles(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  evaluate_parts(evaluation, ports, context.rows(),
                 [&](const In<double>& position, Rows part, double* violations, double* values) {
                   evaluation.constrained_tile_function(evaluation.data.get(), position, part, violations, values);
                 });
}

void evaluate_points(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  const In<double> position(ports[position_port]);
  const Out<double> fitness(ports[fitness_port]);
  const Rows rows = context.rows();
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    double values[most_objectives];
    std::fill_n(values, evaluation.objectives, not_a_number);  // what the function leaves out is no value
    const double violation = evaluation.point_function(std::span(position.row(row), position.width()),
                                                       std::span(values, evaluation.objectives));
    store(evaluation, fitness.row(row), violation, values);
    context.finished(row);
  }
}

/// What the point function of a description is to the evaluator.
ObjectivesPointFunction point_function_of(RealVectorProblem& description) {
  if (description.objectives_point_function) return std::move(description.objectives_point_function);
  if (description.constrained_point_function) {
    return [function = std::move(description.constrained_point_function)](std::span<const double> point,
                                                                          std::span<double> values) {
      const ConstrainedValue found = function(point);
      values[0] = found.value;
      return found.violation;
    };
  }
  return [function = std::move(description.point_function)](std::span<const double> point, std::span<double> values) {
    values[0] = function(point);
    return 0.0;
  };
}

/// The evaluator's table; it owns what the evaluation needs.
std::shared_ptr<const OperatorTable> make_evaluator(RealVectorProblem& description) {
  auto evaluation = std::make_shared<Evaluation>();
  evaluation->sign = description.sense == Sense::minimize ? 1.0 : -1.0;
  evaluation->objectives = std::max<std::size_t>(description.objectives.size(), 1);
  evaluation->tile_function = description.tile_function;
  evaluation->random_tile_function = description.random_tile_function;
  evaluation->data = std::move(description.data);
  evaluation->constrained_tile_function = description.constrained_tile_function;
  evaluation->point_function = point_function_of(description);

  OperatorTable& table = evaluation->table;
  const bool is_random = evaluation->random_tile_function != nullptr;
  const bool is_constrained = evaluation->constrained_tile_function != nullptr;
  const bool by_tile = is_random || is_constrained || evaluation->tile_function != nullptr;
  table.name = by_tile ? "evaluate_tiles" : "evaluate_points";
  table.summary = "computes the objectives of every row";
  table.can_fail = !by_tile;
  table.reports_rows = true;
  table.thread_safe = by_tile || description.thread_safe;
  table.host_arithmetic = description.host_arithmetic;
  table.rows_at_once = description.rows_at_once;
  table.ports = evaluator_ports;
  table.roles = evaluator_roles;
  if (is_random) table.streams = evaluator_streams;
  table.user = evaluation.get();
  table.prepare = &prepare_evaluation;
  table.destroy_prepared = &keep_prepared;
  table.run_rows = is_random        ? &evaluate_random_tiles
                   : is_constrained ? &evaluate_constrained_tiles
                   : by_tile        ? &evaluate_tiles
                                    : &evaluate_points;
  return {evaluation, &table};
}

/// Reports what is wrong with a description.
class Checker {
 public:
  Checker(const RealVectorProblem& problem, Diagnostics& diagnostics) : problem_(problem), diagnostics_(diagnostics) {}

  void check_dimension() {
    if (problem_.dimension >= 1 && problem_.dimension <= largest_dimension) return;
    report("bad-dimension", "dimension", "The dimension of '" + problem_.name + "' is out of range.",
           "1 to " + std::to_string(largest_dimension), std::to_string(problem_.dimension));
  }

  void check_objectives() {
    const std::size_t count = std::max<std::size_t>(problem_.objectives.size(), 1);
    if (count > most_objectives) {
      report("bad-problem", "objectives", "'" + problem_.name + "' has too many objectives.",
             "at most " + std::to_string(most_objectives), std::to_string(count));
    }
    if (count > 1 && (problem_.point_function || problem_.constrained_point_function)) {
      report("bad-problem", "objectives",
             "'" + problem_.name + "' has several objectives, and a function of one value.",
             "objectives_point_function, or a function of tiles",
             problem_.point_function ? "point_function" : "constrained_point_function");
    }
    const std::size_t coordinates = problem_.reference_point.size();
    if (coordinates != 0 && coordinates != count) {
      report("bad-problem", "reference_point",
             "The reference point of '" + problem_.name + "' has the wrong number of values.",
             "one for each of " + std::to_string(count) + " objectives", std::to_string(coordinates));
    }
  }

  void check_bounds() {
    const bool lower_is_good = check_bound("lower", problem_.lower);
    const bool upper_is_good = check_bound("upper", problem_.upper);
    if (!lower_is_good || !upper_is_good) return;

    const std::size_t last = std::max(problem_.lower.size(), problem_.upper.size());
    for (std::size_t i = 0; i < last; ++i) {
      const double lower = problem_.lower[problem_.lower.size() == 1 ? 0 : i];
      const double upper = problem_.upper[problem_.upper.size() == 1 ? 0 : i];
      const std::string place = last == 1 ? "" : " in dimension " + std::to_string(i + 1);
      const std::string found = to_text(lower) + " and " + to_text(upper);
      if (lower > upper) {
        report("bad-bounds", "lower", "The lower bound of '" + problem_.name + "' is above the upper one" + place + ".",
               "lower <= upper", found);
        return;
      }
      if (!std::isfinite(upper - lower)) {
        report("bad-bounds", "upper", "The bounds of '" + problem_.name + "' are too far apart" + place + ".",
               "a finite distance", found);
        return;
      }
    }
  }

 private:
  bool check_bound(const std::string& name, const std::vector<double>& bound) {
    bool good = true;
    if (bound.size() != 1 && bound.size() != problem_.dimension) {
      const std::string dimension = std::to_string(problem_.dimension);
      report("bad-bounds", name, "The bound '" + name + "' of '" + problem_.name + "' has the wrong number of values.",
             problem_.dimension == 1 ? "1 number" : "1 number or " + dimension + " numbers",
             std::to_string(bound.size()) + " numbers");
      good = false;
    }
    const auto infinite = std::ranges::find_if_not(bound, [](double value) { return std::isfinite(value); });
    if (infinite != bound.end()) {
      const auto place = std::to_string(infinite - bound.begin() + 1);
      report("bad-bounds", name, "The bound '" + name + "' of '" + problem_.name + "' is not finite.", "finite numbers",
             to_text(*infinite) + (bound.size() == 1 ? "" : " in dimension " + place));
      good = false;
    }
    return good;
  }

  static std::string to_text(double value) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
  }

  void report(std::string code, std::string path, std::string message, std::string expected, std::string found) {
    diagnostics_.add({std::move(code),
                      Severity::error,
                      {},
                      std::move(path),
                      std::move(message),
                      std::move(expected),
                      std::move(found),
                      ""});
  }

  const RealVectorProblem& problem_;
  Diagnostics& diagnostics_;
};

std::vector<double> for_every_dimension(std::vector<double> values, std::size_t dimension) {
  if (values.size() == 1) values.resize(dimension, values.front());
  return values;
}

bool lies_within(const std::vector<double>& point, const std::vector<double>& lower, const std::vector<double>& upper) {
  for (std::size_t i = 0; i < point.size(); ++i) {
    if (!(point[i] >= lower[i] && point[i] <= upper[i])) return false;
  }
  return true;
}

Sense opposite(Sense sense) { return sense == Sense::minimize ? Sense::maximize : Sense::minimize; }

std::vector<Objective> objectives_of(const RealVectorProblem& description) {
  std::vector<Objective> objectives(1);
  if (!description.objectives.empty()) objectives.clear();
  for (const std::string& name : description.objectives) objectives.push_back({name, Sense::minimize});
  for (Objective& objective : objectives) {
    objective.sense = description.negate ? opposite(description.sense) : description.sense;
  }
  return objectives;
}

}  // namespace

std::shared_ptr<const Problem> make_problem(RealVectorProblem description, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Checker checker(description, diagnostics);
  checker.check_dimension();
  checker.check_bounds();
  checker.check_objectives();
  if (diagnostics.error_count() != errors_before) return nullptr;

  const std::size_t dimension = description.dimension;
  const bool has_several = description.objectives.size() > 1;
  std::vector<double> lower = for_every_dimension(std::move(description.lower), dimension);
  std::vector<double> upper = for_every_dimension(std::move(description.upper), dimension);
  std::vector<double> solution = for_every_dimension(std::move(description.best_known_solution), dimension);
  const bool attainable = solution.empty() || lies_within(solution, lower, upper);

  auto problem = std::make_shared<Problem>();
  problem->name = description.name;
  problem->encoding = "real_vector";
  problem->dimension = dimension;
  problem->objectives = objectives_of(description);
  problem->show = description.show;
  if (attainable && !has_several) {
    problem->best_known = description.best_known;
    problem->best_known_solution = std::move(solution);
    if (description.negate && problem->best_known) problem->best_known = 0.0 - *problem->best_known;
  }
  problem->published.push_back({"lower", "real[d]", std::move(lower)});
  problem->published.push_back({"upper", "real[d]", std::move(upper)});
  if (!description.reference_point.empty()) {
    const std::string type = "real[" + std::to_string(description.reference_point.size()) + "]";
    problem->published.push_back({"reference_point", type, std::move(description.reference_point)});
  }
  problem->evaluator = make_evaluator(description);
  return problem;
}

}  // namespace skein
