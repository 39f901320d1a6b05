// PointEvaluator: values of a problem at points, some at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/skein/points.hpp"
#include "skein/session.hpp"

namespace skein::tool {

struct PointValue {
  double value = 0;             ///< of the first objective, in the problem's own sense
  double violation = 0;         ///< of the constraints; 0: feasible
  std::vector<double> further;  ///< of the other objectives, where there are several
};

class PointEvaluator {
 public:
  /// Reports why the problem cannot be evaluated from here.
  PointEvaluator(const Session& session, std::shared_ptr<const Problem> problem, RunOptions options,
                 Diagnostics& diagnostics);

  /// How many points `values` takes, so that memory stays bounded.
  [[nodiscard]] std::size_t most_points() const noexcept { return most_points_; }

  /// Whether a point is a solution of the problem. Reports `bad-point` otherwise.
  [[nodiscard]] bool check(const Point& point, Diagnostics& diagnostics);

  // Of points that were checked.

  /// As people see it: bits, integers, a permutation, or the coordinates.
  [[nodiscard]] Value shown(const Point& point);
  /// "coordinate 2 is 7, below -5"; empty for a point within the bounds.
  [[nodiscard]] std::string outside_text(const Point& point);
  /// What the problem says of each point. Nothing
  /// after a failure was reported. Each call draws random numbers of its own.
  [[nodiscard]] std::optional<std::vector<PointValue>> values(const std::vector<Point>& points,
                                                              Diagnostics& diagnostics);

 private:
  /// The solution of one point, in memory that the next call uses again.
  [[nodiscard]] PortView solution_of(const Point& point);
  [[nodiscard]] bool make_plan(std::size_t rows, Diagnostics& diagnostics);

  const Session& session_;
  std::shared_ptr<const Problem> problem_;
  const EncodingSpec* encoding_;
  std::optional<Run> one_;
  RunOptions options_;
  std::size_t most_points_;
  std::shared_ptr<const Plan> plan_;
  std::size_t plan_rows_ = 0;
  std::uint64_t calls_ = 0;
};

}  // namespace skein::tool
