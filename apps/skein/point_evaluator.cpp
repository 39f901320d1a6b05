#include "apps/skein/point_evaluator.hpp"

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

PointEvaluator::PointEvaluator(const Session& session, std::shared_ptr<const Problem> problem,
                               const RunOptions& options, Diagnostics& diagnostics)
    : session_(session),
      problem_(std::move(problem)),
      options_(options),
      most_points_(std::clamp<std::size_t>(most_numbers / problem_->dimension, 1, most_rows)) {
  const EncodingSpec* encoding = session.registry().find_encoding(problem_->encoding);
  if (encoding != nullptr && encoding->solution != "real[d]") {
    diagnostics.add({"unsupported-encoding",
                     Severity::error,
                     {},
                     "",
                     "solutions of encoding '" + problem_->encoding + "' cannot be given as coordinates",
                     "real_vector",
                     "",
                     ""});
    return;
  }
  static_cast<void>(make_plan(1, diagnostics));
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
  Run run(plan_, options);
  const InOut<double> position(run.variable("points.position").value());
  for (std::size_t row = 0; row < points.size(); ++row) {
    std::ranges::copy(points[row].coordinates, position.row(row));
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
    values.push_back({problem_value(*problem_, fitness[row].objective()), fitness[row].violation()});
  }
  return values;
}

}  // namespace skein::tool
