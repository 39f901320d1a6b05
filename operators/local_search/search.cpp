#include "operators/local_search/search.hpp"

#include <nlopt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace skein::local_search {
namespace {

/// What takes the place of values that are no number: the models that some methods make of them need numbers.
constexpr double very_bad = 1e100;

/// Cube root of the distance between neighbouring numbers at 1, which balances the two errors of central differences
/// where the objective is about 1; the second one for where it is nearly 0, as differences of small numbers are exact.
constexpr double coarse_difference = 6.055454452393343e-06;
constexpr double fine_difference = 1e-7;

double finite(double value) noexcept {
  return std::isfinite(value) ? std::clamp(value, -very_bad, very_bad) : very_bad;
}

nlopt_algorithm algorithm_of(Method method, std::size_t free_dimensions) noexcept {
  // BOBYQA's model has no meaning in one dimension.
  if (method == Method::bobyqa && free_dimensions < 2) method = Method::cobyla;
  constexpr std::array<nlopt_algorithm, 5> algorithms = {NLOPT_LN_NELDERMEAD, NLOPT_LN_SBPLX, NLOPT_LN_COBYLA,
                                                         NLOPT_LN_BOBYQA, NLOPT_LD_LBFGS};
  return algorithms[static_cast<std::size_t>(method)];
}

void check(nlopt_result result, nlopt_opt optimizer) {
  if (result == NLOPT_OUT_OF_MEMORY) throw std::bad_alloc();
  if (result != NLOPT_INVALID_ARGS) return;
  const char* const text = nlopt_get_errmsg(optimizer);
  throw std::runtime_error("NLopt refuses the search" + (text == nullptr ? "" : std::string(": ") + text));
}

struct Destroy {
  void operator()(nlopt_opt optimizer) const noexcept { nlopt_destroy(optimizer); }
};

}  // namespace

Search::Search(const InEvaluator& evaluate, std::size_t row, const SearchSettings& settings,
               std::span<const double> lower, std::span<const double> upper)
    : evaluate_(&evaluate), row_(row), settings_(settings) {
  for (std::size_t i = 0; i < lower.size(); ++i) {
    lower_.push_back(std::min(lower[i], upper[i]));
    upper_.push_back(std::max(lower[i], upper[i]));
  }
}

void Search::run(std::span<const double> start, FitnessRow start_fitness) {
  best_.assign(start.begin(), start.end());
  best_fitness_.assign(start_fitness.data, start_fitness.data + start_fitness.width);
  last_ = best_;
  last_value_ = {finite(start_fitness.objective()), finite(start_fitness.violation())};
  const auto is_number = [](double x) { return std::isfinite(x); };
  if (settings_.budget == 0 || is_at_target() || !std::ranges::all_of(start, is_number)) return;
  std::size_t free_dimensions = 0;
  for (std::size_t i = 0; i < lower_.size(); ++i) free_dimensions += lower_[i] < upper_[i] ? 1 : 0;
  if (free_dimensions == 0) return;

  const std::unique_ptr<nlopt_opt_s, Destroy> optimizer(
      nlopt_create(algorithm_of(settings_.method, free_dimensions), static_cast<unsigned>(start.size())));
  if (optimizer == nullptr) throw std::bad_alloc();
  optimizer_ = optimizer.get();
  set_up();
  // Where slopes become too coarse to go on, finer ones may lead further.
  for (const double step : {coarse_difference, fine_difference}) {
    difference_ = step;
    optimize();
    if (settings_.method != Method::lbfgs || stopped_) return;
  }
}

void Search::optimize() {
  std::vector<double> x(best_.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::min(std::max(best_[i], lower_[i]), upper_[i]);
  double value = 0;
  const nlopt_result result = nlopt_optimize(optimizer_, x.data(), &value);
  if (error_ != nullptr) std::rethrow_exception(error_);
  check(result, optimizer_);
}

void Search::set_up() {
  const std::size_t count = lower_.size();
  check(nlopt_set_min_objective(optimizer_, &objective_of, this), optimizer_);
  check(nlopt_set_lower_bounds(optimizer_, lower_.data()), optimizer_);
  check(nlopt_set_upper_bounds(optimizer_, upper_.data()), optimizer_);
  std::vector<double> steps(count);
  std::vector<double> tolerances(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double width = upper_[i] - lower_[i];
    const double scale = std::isfinite(width) && width > 0 ? width : std::max(std::abs(best_[i]), 1.0);
    steps[i] = settings_.initial_step * scale;
    tolerances[i] = settings_.tolerance * scale;
  }
  check(nlopt_set_initial_step(optimizer_, steps.data()), optimizer_);
  check(nlopt_set_xtol_abs(optimizer_, tolerances.data()), optimizer_);
  check(nlopt_set_xtol_rel(optimizer_, settings_.tolerance), optimizer_);
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
  check(nlopt_set_maxeval(optimizer_, static_cast<int>(std::min(settings_.budget, most))), optimizer_);
  if (settings_.method == Method::lbfgs) {
    check(nlopt_set_vector_storage(optimizer_,
                                   static_cast<unsigned>(std::min<std::size_t>(std::max<std::size_t>(count, 10), 50))),
          optimizer_);
  }
  if (settings_.method == Method::cobyla) {
    check(nlopt_add_inequality_constraint(optimizer_, &violation_of, this, 0.0), optimizer_);
  }
}

/// Nothing is thrown through C: what was thrown waits in `error_`.
template <class Ask>
double Search::guarded(Ask ask) noexcept {
  if (stopped_) return very_bad;
  try {
    return ask();
  } catch (...) {
    error_ = std::current_exception();
    stop();
    return very_bad;
  }
}

double Search::objective_of(unsigned count, const double* x, double* gradient, void* search) noexcept {
  Search& self = *static_cast<Search*>(search);
  const double value = self.guarded([&] {
    const double here = self.penalized_at({x, count});
    if (gradient != nullptr && !self.stopped_) self.slopes_at({x, count}, gradient);
    return here;
  });
  if (gradient != nullptr && self.stopped_) std::fill_n(gradient, count, 0.0);
  return value;
}

double Search::violation_of(unsigned count, const double* x, double*, void* search) noexcept {
  Search& self = *static_cast<Search*>(search);
  return self.guarded([&] { return self.value_at({x, count}).violation; });
}

/// Of a solution that is asked for a second time the value is known.
Search::Value Search::value_at(std::span<const double> x) {
  if (std::ranges::equal(x, last_)) return last_value_;
  if (used_ == settings_.budget) {
    stop();
    return {very_bad, very_bad};
  }
  ++used_;
  const FitnessRow fitness = (*evaluate_)(row_, x);
  last_.assign(x.begin(), x.end());
  last_value_ = {finite(fitness.objective()), finite(fitness.violation())};
  if (better(fitness, best_fitness())) {
    best_.assign(x.begin(), x.end());
    best_fitness_.assign(fitness.data, fitness.data + fitness.width);
    if (is_at_target()) stop();
  }
  return last_value_;
}

double Search::penalized_at(std::span<const double> x) {
  const Value value = value_at(x);
  if (settings_.method == Method::cobyla) return value.objective;
  return finite(value.objective + settings_.penalty * value.violation);
}

/// Central differences; at a bound, differences of what lies within.
void Search::slopes_at(std::span<const double> x, double* gradient) {
  probe_.assign(x.begin(), x.end());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double step = difference_ * std::max(std::abs(x[i]), std::min(1.0, upper_[i] - lower_[i]));
    const double above = std::min(x[i] + step, upper_[i]);
    const double below = std::max(x[i] - step, lower_[i]);
    probe_[i] = above;
    const double value_above = penalized_at(probe_);
    probe_[i] = below;
    const double value_below = stopped_ ? value_above : penalized_at(probe_);
    probe_[i] = x[i];
    if (stopped_) return;
    gradient[i] = above > below ? (value_above - value_below) / (above - below) : 0.0;
  }
}

bool Search::is_at_target() const noexcept {
  const std::optional<double> target = evaluate_->target();
  const FitnessRow best = best_fitness();
  return target && best.violation() == 0 && best.objective() <= *target;
}

void Search::stop() noexcept {
  stopped_ = true;
  nlopt_force_stop(optimizer_);
}

}  // namespace skein::local_search
