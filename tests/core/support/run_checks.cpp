#include "tests/core/support/run_checks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "skein/random.hpp"
#include "skein/thread_limit.hpp"

namespace skein::test {
namespace {

class Hash final : public StateWriter {
 public:
  void bytes(const void* data, std::size_t size) override {
    value_ = combine_hash(value_, hash_name({static_cast<const char*>(data), size}));
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

void add_view(Hash& hash, const PortView& view) {
  hash.integer(view.rows);
  for (std::size_t part = 0; part < view.part_count; ++part) {
    const ColumnView& column = view.parts[part];
    for (std::size_t row = 0; row < view.rows; ++row) {
      hash.bytes(column.data + row * column.row_bytes, column.width * element_bytes(column.element));
    }
  }
  if (view.object != nullptr) view.object->save(hash);
}

/// Such a variable has no content between steps that share a pipeline.
bool lives_in_strips(const Plan& plan, std::size_t variable) {
  return std::ranges::any_of(plan.pipelines, [variable](const PlanPipeline& pipeline) {
    return std::ranges::find(pipeline.strip_variables, variable) != pipeline.strip_variables.end();
  });
}

void add_frame(Hash& hash, const Run& run, const Plan& plan, const std::string& prefix) {
  for (std::size_t i = 0; i < plan.variables.size(); ++i) {
    if (!lives_in_strips(plan, i)) add_view(hash, run.variable(prefix + plan.variables[i].name).value());
  }
  for (const PlanStep& step : plan.steps) {
    if (step.kind != PlanStep::Kind::children) continue;
    const Plan& child = *plan.children[step.child].plan;
    for (std::size_t i = 0;; ++i) {
      const std::string inner = prefix + step.path + "[" + std::to_string(i) + "]/";
      if (child.variables.empty() || !run.variable(inner + child.variables[0].name)) break;
      add_frame(hash, run, child, inner);
    }
  }
}

template <class T>
std::vector<T> elements(const Run& run, std::string_view name) {
  const PortView port = run.variable(name).value();
  const In<T> view(port);
  std::vector<T> all;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    all.insert(all.end(), view.row(row), view.row(row) + view.width());
  }
  return all;
}

}  // namespace

std::uint64_t state_hash(const Run& run) {
  Hash hash;
  add_frame(hash, run, run.plan(), "");
  return hash.value();
}

std::vector<double> reals(const Run& run, std::string_view name) { return elements<double>(run, name); }
std::vector<std::uint32_t> indices(const Run& run, std::string_view name) { return elements<std::uint32_t>(run, name); }

std::int64_t integer(const Run& run, std::string_view name) {
  return In<std::int64_t>(run.variable(name).value()).value();
}

void allow_threads() { static const ThreadLimit limit(8); }

std::vector<RunOptions> all_settings(const Plan& plan, const RunOptions& base) {
  allow_threads();
  std::vector<RunOptions> settings;
  for (const std::size_t threads : {1U, 2U, 8U}) {
    for (const std::size_t tile_rows :
         {std::size_t{0}, std::size_t{1}, std::size_t{3}, 3 * rows_per_group(plan.dimension), std::size_t{1} << 40}) {
      RunOptions options = base;
      options.threads = threads;
      options.tile_rows = tile_rows;
      settings.push_back(options);
      options.fuse = false;
      settings.push_back(options);
    }
  }
  return settings;
}

void run_to_end(Run& run) { run.advance(); }

std::uint64_t check_same_bits(const std::shared_ptr<const Plan>& plan, const RunOptions& base, const Driver& drive) {
  std::uint64_t expected = 0;
  for (const RunOptions& options : all_settings(*plan, base)) {
    CAPTURE(options.threads);
    CAPTURE(options.tile_rows);
    CAPTURE(options.fuse);
    Run run(plan, options);
    drive(run);
    CHECK(run.state() == RunState::finished);
    const std::uint64_t hash = state_hash(run);
    if (expected == 0) expected = hash;
    CHECK(hash == expected);
  }
  return expected;
}

void check_reals(const std::shared_ptr<const Plan>& plan, std::string_view name, const std::vector<double>& expected,
                 const RunOptions& base) {
  for (const RunOptions& options : all_settings(*plan, base)) {
    CAPTURE(options.threads);
    CAPTURE(options.tile_rows);
    CAPTURE(options.fuse);
    Run run(plan, options);
    run.advance();
    CHECK(reals(run, name) == expected);
  }
}

std::string checkpoint_of(const Run& run) {
  std::ostringstream stream;
  run.checkpoint(stream);
  return stream.str();
}

std::vector<std::string> restore(Run& run, const std::string& checkpoint) {
  std::istringstream stream(checkpoint);
  Diagnostics diagnostics;
  const bool restored = run.restore(stream, diagnostics);
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : diagnostics.items()) codes.push_back(diagnostic.code);
  CHECK(restored == codes.empty());
  return codes;
}

}  // namespace skein::test
