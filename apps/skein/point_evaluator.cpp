#include "apps/skein/point_evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "skein/random.hpp"

namespace skein::tool {
namespace {

constexpr std::size_t most_numbers = std::size_t{1} << 20U;
constexpr std::size_t most_rows = 4096;

Diagnostic failure(const Point& point, const std::string& message) {
  return {"evaluation-failed", Severity::error, point.where, "", message, "", "", ""};
}

}  // namespace

PointEvaluator::PointEvaluator(const Session& session, std::shared_ptr<const Problem> problem, RunOptions options,
                               Diagnostics& diagnostics)
    : session_(session),
      problem_(std::move(problem)),
      encoding_(session.registry().find_encoding(problem_->encoding)),
      options_(std::move(options)),
      most_points_(std::clamp<std::size_t>(most_numbers / problem_->dimension, 1, most_rows)) {
  if (encoding_ != nullptr && !is_readable(*encoding_)) {
    diagnostics.add({"unsupported-encoding",
                     Severity::error,
                     {},
                     "",
                     "solutions of encoding '" + problem_->encoding + "' cannot be given as numbers",
                     "",
                     "",
                     ""});
    return;
  }
  if (make_plan(1, diagnostics)) one_.emplace(plan_, options_);
}

bool PointEvaluator::check(const Point& point, Diagnostics& diagnostics) {
  if (point.coordinates.size() != problem_->dimension) {
    diagnostics.add({"bad-point", Severity::error, point.where, "", "the point has the wrong number of coordinates",
                     std::to_string(problem_->dimension), std::to_string(point.coordinates.size()), ""});
    return false;
  }
  const auto mistake = read_solution(*encoding_, point.coordinates, one_->variable("points.position").value());
  if (!mistake) return true;
  diagnostics.add({"bad-point", Severity::error, point.where, "",
                   "coordinate " + std::to_string(mistake->index + 1) + " " + mistake->message, mistake->expected,
                   mistake->found, ""});
  return false;
}

PortView PointEvaluator::solution_of(const Point& point) {
  const PortView solution = one_->variable("points.position").value();
  static_cast<void>(read_solution(*encoding_, point.coordinates, solution));
  return solution;
}

Value PointEvaluator::shown(const Point& point) {
  return shown_solution(problem_->show != nullptr ? problem_->show : encoding_->show, solution_of(point));
}

std::string PointEvaluator::outside_text(const Point& point) {
  const PortView solution = solution_of(point);
  if (solution.part_count != 1 || solution.parts->element != Element::real) return {};
  const In<double> numbers(solution);
  for (const PublishedValue& bound : problem_->published) {
    const bool is_lower = bound.name == "lower";
    if ((!is_lower && bound.name != "upper") || bound.data.empty()) continue;
    for (std::size_t i = 0; i < numbers.width(); ++i) {
      const double limit = bound.data[bound.data.size() == 1 ? 0 : i];
      const double x = numbers.row(0)[i];
      if (is_lower ? x >= limit : x <= limit) continue;
      return fmt::format("coordinate {} is {}, {} {}", i + 1, x, is_lower ? "below" : "above", limit);
    }
  }
  return {};
}

bool PointEvaluator::make_plan(std::size_t rows, Diagnostics& diagnostics) {
  if (plan_ != nullptr && plan_rows_ == rows) return true;
  plan_ = session_.evaluation_plan(problem_, rows, diagnostics);
  plan_rows_ = rows;
  return plan_ != nullptr;
}

std::optional<std::vector<PointValue>> PointEvaluator::values(const std::vector<Point>& points,
                                                              Diagnostics& diagnostics) {
  std::vector<PointValue> values;
  if (points.empty()) return values;
  if (!make_plan(points.size(), diagnostics)) return std::nullopt;
  RunOptions options = options_;
  if (calls_ > 0) options.seed = combine_hash(options_.seed, calls_);
  ++calls_;
  options.emergency_recovery = false;  // there is nothing to give up, and nobody to go on
  Run run(plan_, options);
  const PortView position = run.variable("points.position").value();
  for (std::size_t row = 0; row < points.size(); ++row) {
    static_cast<void>(read_solution(*encoding_, points[row].coordinates, position, row));
  }
  const RunState state = run.advance();
  if (state == RunState::failed && run.error()) {
    diagnostics.add(failure(points[run.error()->row.value_or(0)], run.error()->message));
  } else if (state != RunState::finished) {
    diagnostics.add(failure(points.front(), "the evaluator waits for results from outside"));
  }
  if (state != RunState::finished) return std::nullopt;
  const InFitness fitness(run.variable("points.fitness").value());
  for (std::size_t row = 0; row < points.size(); ++row) {
    PointValue& value = values.emplace_back();
    value.value = problem_value(*problem_, fitness[row].objective());
    value.violation = fitness[row].violation();
    for (std::size_t i = 1; i < problem_->objectives.size(); ++i) {
      const double minimized = fitness[row].objective(i);
      value.further.push_back((problem_->objectives[i].sense == Sense::maximize ? -minimized : minimized) + 0.0);
    }
  }
  return values;
}

}  // namespace skein::tool
