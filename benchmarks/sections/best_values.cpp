#include "benchmarks/sections/best_values.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "benchmarks/contenders/skein.hpp"

namespace skein::bench {

std::vector<double> best_values(const std::string& document, std::size_t seeds) {
  static const Session session = full_session(true);
  Diagnostics diagnostics;
  const auto read = session.read_run(document, "benchmark", diagnostics);
  const auto job = read ? session.prepare(*read, diagnostics) : std::nullopt;
  if (!job) throw std::runtime_error(to_text(diagnostics.items().front()));
  std::vector<double> values;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    RunOptions options = job->options;
    options.seed = seed;
    options.threads = 1;
    Run run(job->plan, options);
    run.advance();
    values.push_back(make_result(*job, run).best_quality.value());
  }
  return values;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

std::string quartiles_text(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t last = values.size() - 1;
  char text[80];
  std::snprintf(text, sizeof text, "%.3g [%.2g, %.2g]", values[last / 2], values[last / 4], values[last - last / 4]);
  return text;
}

}  // namespace skein::bench
