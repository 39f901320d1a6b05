#include "skein/encodings/real_vector_problem.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace skein {
namespace {

/// What the evaluator of one problem needs.
struct Evaluation {
  OperatorTable table;
  double sign = 1;  ///< fitness = sign * f
  TileFunction tile_function = nullptr;
  RandomTileFunction random_tile_function = nullptr;
  ConstrainedTileFunction constrained_tile_function = nullptr;
  std::shared_ptr<const void> data;
  ConstrainedPointFunction point_function;
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
  fitness.summary = "violation (0: feasible), and the objective as it is minimized";
  fitness.direction = Direction::out;
  return ports;
}();

constexpr std::array<std::string_view, 1> evaluator_roles = {"evaluator"};

constexpr std::array<StreamSpec, 1> evaluator_streams = {StreamSpec{"", "chance in the objective, row by row"}};

void* prepare_evaluation(const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); }

void keep_prepared(void*) {}

void store(const Out<double>& fitness, std::size_t row, double violation, double minimized) noexcept {
  double* elements = fitness.row(row);
  elements[0] = violation;
  elements[1] = minimized;
}

/// Stores what `compute(position, part, violations, values)` finds for some rows at a time. Violations are 0 unless it
/// says otherwise.
template <class Compute>
void evaluate_parts(const Evaluation& evaluation, const PortView* ports, Rows rows, Compute compute) {
  const In<double> position(ports[position_port]);
  const Out<double> fitness(ports[fitness_port]);
  constexpr std::size_t most_rows = 64;
  double violations[most_rows] = {};
  double values[most_rows];
  for (std::size_t first = rows.first; first < rows.last; first += most_rows) {
    const Rows part{first, std::min(first + most_rows, rows.last)};
    compute(position, part, violations, values);
    for (std::size_t i = 0; i < part.count(); ++i) {
      store(fitness, first + i, violations[i], evaluation.sign * values[i]);
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
    const ConstrainedValue found = evaluation.point_function(std::span(position.row(row), position.width()));
    store(fitness, row, found.violation, evaluation.sign * found.value);
    context.finished(row);
  }
}

/// What a point function without constraints is to the evaluator.
ConstrainedPointFunction without_violation(PointFunction function) {
  return [function = std::move(function)](std::span<const double> point) {
    return ConstrainedValue{0.0, function(point)};
  };
}

/// The evaluator's table; it owns what the evaluation needs.
std::shared_ptr<const OperatorTable> make_evaluator(RealVectorProblem& description) {
  auto evaluation = std::make_shared<Evaluation>();
  evaluation->sign = description.sense == Sense::minimize ? 1.0 : -1.0;
  evaluation->tile_function = description.tile_function;
  evaluation->random_tile_function = description.random_tile_function;
  evaluation->data = std::move(description.data);
  evaluation->constrained_tile_function = description.constrained_tile_function;
  evaluation->point_function = description.constrained_point_function
                                   ? std::move(description.constrained_point_function)
                                   : without_violation(std::move(description.point_function));

  OperatorTable& table = evaluation->table;
  const bool is_random = evaluation->random_tile_function != nullptr;
  const bool is_constrained = evaluation->constrained_tile_function != nullptr;
  const bool by_tile = is_random || is_constrained || evaluation->tile_function != nullptr;
  table.name = by_tile ? "evaluate_tiles" : "evaluate_points";
  table.summary = "computes the objective of every row";
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

}  // namespace

std::shared_ptr<const Problem> make_problem(RealVectorProblem description, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Checker checker(description, diagnostics);
  checker.check_dimension();
  checker.check_bounds();
  if (diagnostics.error_count() != errors_before) return nullptr;

  const std::size_t dimension = description.dimension;
  std::vector<double> lower = for_every_dimension(std::move(description.lower), dimension);
  std::vector<double> upper = for_every_dimension(std::move(description.upper), dimension);
  std::vector<double> solution = for_every_dimension(std::move(description.best_known_solution), dimension);
  const bool attainable = solution.empty() || lies_within(solution, lower, upper);

  auto problem = std::make_shared<Problem>();
  problem->name = description.name;
  problem->encoding = "real_vector";
  problem->dimension = dimension;
  problem->objectives.front().sense = description.sense;
  problem->show = description.show;
  if (attainable) {
    problem->best_known = description.best_known;
    problem->best_known_solution = std::move(solution);
  }
  if (description.negate) {
    const bool minimized = description.sense == Sense::minimize;
    problem->objectives.front().sense = minimized ? Sense::maximize : Sense::minimize;
    if (problem->best_known) problem->best_known = 0.0 - *problem->best_known;
  }
  problem->published.push_back({"lower", "real[d]", std::move(lower)});
  problem->published.push_back({"upper", "real[d]", std::move(upper)});
  problem->evaluator = make_evaluator(description);
  return problem;
}

}  // namespace skein
