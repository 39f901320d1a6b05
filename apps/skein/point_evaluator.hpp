// PointEvaluator: values of a problem at points, some at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "apps/skein/points.hpp"
#include "skein/session.hpp"

namespace skein::tool {

struct PointValue {
  double value = 0;      ///< of the first objective, in the problem's own sense
  double violation = 0;  ///< of the constraints; 0: feasible
};

class PointEvaluator {
 public:
  /// Reports why the problem cannot be evaluated from here.
  PointEvaluator(const Session& session, std::shared_ptr<const Problem> problem, const RunOptions& options,
                 Diagnostics& diagnostics);

  /// How many points `values` takes, so that memory stays bounded.
  [[nodiscard]] std::size_t most_points() const noexcept { return most_points_; }

  /// What the problem says of each point. Every point has the problem's dimension. Nothing
  /// after a failure was reported. Each call draws random numbers of its own.
  [[nodiscard]] std::optional<std::vector<PointValue>> values(const std::vector<Point>& points,
                                                              Diagnostics& diagnostics);

 private:
  [[nodiscard]] bool make_plan(std::size_t rows, Diagnostics& diagnostics);

  const Session& session_;
  std::shared_ptr<const Problem> problem_;
  RunOptions options_;
  std::size_t most_points_;
  std::shared_ptr<const Plan> plan_;
  std::size_t plan_rows_ = 0;
  std::uint64_t calls_ = 0;
};

}  // namespace skein::tool
