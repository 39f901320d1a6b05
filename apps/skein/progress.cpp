#include "apps/skein/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "apps/skein/output.hpp"
#include "apps/skein/report.hpp"

namespace skein::tool {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds terminal_interval{100};
constexpr milliseconds lines_interval{5000};
constexpr std::uint64_t default_iterations = 1000;

/// Showing may take this part of the time: reading the best of a million dimensions is not free.
constexpr int cost_factor = 20;

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

std::uint64_t iteration_limit(const StopLimits& limits) { return limits.iterations.value_or(default_iterations); }

/// The part of the way to the nearest limit, from 0 to 1.
double part_done(const StopLimits& limits, const Result& result, double seconds) {
  const auto part = [](double done, double limit) { return limit > 0 ? done / limit : 1.0; };
  double most = part(static_cast<double>(result.iterations), static_cast<double>(iteration_limit(limits)));
  if (limits.evaluations) {
    most = std::max(most, part(static_cast<double>(result.evaluations), static_cast<double>(*limits.evaluations)));
  }
  if (limits.seconds) most = std::max(most, part(seconds, *limits.seconds));
  return std::min(most, 1.0);
}

std::string duration_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.0f} s", seconds);
  if (seconds < 3600) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{:.0f} h", seconds / 3600);
  return fmt::format("{:.0f} days", seconds / 86400);
}

}  // namespace

std::string progress_text(const StopLimits& limits, const Result& result, double seconds, const ProgressStart& began) {
  std::string text = fmt::format("iteration {}/{}", result.iterations, iteration_limit(limits));
  const auto evaluations = static_cast<double>(result.evaluations - began.evaluations);
  if (seconds > 0) text += fmt::format("  {:.0f} evaluations/s", evaluations / seconds);
  if (const ResultFront* front = front_of_several(result); front != nullptr && !front->points.empty()) {
    text += fmt::format("  front of {}", front->points.size());
  } else {
    text += result.best_quality ? fmt::format("  best {:.6g}", *result.best_quality) : "  no value yet";
  }
  const double done = part_done(limits, result, seconds);
  const double left = done > began.part_done ? seconds * (1 - done) / (done - began.part_done) : 0;
  if (left >= 1) text += "  about " + duration_text(left) + " left";
  return text;
}

std::string bar_text(double done) {
  constexpr std::size_t width = 20;
  const auto filled = static_cast<std::size_t>(std::clamp(done, 0.0, 1.0) * width);
  return "[" + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
}

Progress::Style Progress::suitable_style() { return ::isatty(STDERR_FILENO) == 1 ? Style::terminal : Style::lines; }

Progress::Progress(const Job& job, const Run& run, Style style) : job_(job), run_(run), style_(style) {
  if (style_ != Style::none) {
    const Result now = make_result(job_, run_);
    began_ = {now.evaluations, part_done(job_.document.stop, now, 0)};
  }
  next_ = start_ + (style_ == Style::terminal ? terminal_interval : lines_interval);
  if (style_ == Style::lines) {
    say(fmt::format("{} on {}, dimension {}, seed {}, {}\n", job_.algorithm, job_.problem->name,
                    job_.problem->dimension, run_.seed(), counted(run_.threads(), "thread")));
  }
}

void Progress::update() {
  const auto now = Clock::now();
  if (style_ == Style::none || now < next_) return;
  show(make_result(job_, run_));
  const auto cost = Clock::now() - now;
  const Clock::duration interval = style_ == Style::terminal ? terminal_interval : lines_interval;
  next_ = now + std::max(interval, cost * cost_factor);
}

void Progress::finish(const Result& result) {
  if (style_ == Style::none) return;
  show(result);
  if (style_ == Style::terminal) say("\n");
}

void Progress::show(const Result& result) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  std::string text = progress_text(job_.document.stop, result, seconds, began_);
  if (style_ == Style::lines) {
    say(text + "\n");
    return;
  }
  text.insert(0, bar_text(part_done(job_.document.stop, result, seconds)));
  text.resize(std::min(text.size(), terminal_width() - 1));
  const std::size_t width = text.size();
  text.resize(std::max(width, shown_width_), ' ');
  shown_width_ = width;
  say("\r" + text);
}

}  // namespace skein::tool
