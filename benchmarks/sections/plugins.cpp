#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "skein_bench_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Copies of the trivial plugin that differ in the digits of their name.
void write_plugins(const fs::path& folder, std::size_t count) {
  std::ifstream in(SKEIN_BENCH_PLUGIN, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), {}};
  const std::string name = "trivial_000";
  const std::size_t place = content.find(name);
  if (place == std::string::npos) throw std::runtime_error("no trivial plugin");
  for (std::size_t i = 0; i < count; ++i) {
    std::string digits = std::to_string(1000 + i).substr(1);
    content.replace(place + name.size() - digits.size(), digits.size(), digits);
    std::ofstream(folder / ("trivial_" + digits + ".so"), std::ios::binary) << content;
  }
}

double seconds_of_loading(const PluginSources& sources) {
  const Stopwatch stopwatch(Clock::wall);
  Session session;
  Diagnostics diagnostics;
  session.load_plugins(sources, diagnostics);
  if (diagnostics.has_errors()) throw std::runtime_error(to_text(diagnostics.items().front()));
  return stopwatch.seconds();
}

double seconds_of_tool() {
  const Stopwatch stopwatch(Clock::wall);
  if (std::system(SKEIN_BENCH_TOOL " list operators > /dev/null") != 0) throw std::runtime_error("no tool");
  return stopwatch.seconds();
}

Contender contender(const SkeinSetup& setup, const Size& size, bool is_built_in) {
  SkeinSetup chosen = setup;
  chosen.is_built_in = is_built_in;
  return skein_contender(chosen, size);
}

}  // namespace

void measure_plugins(Bench& bench) {
  const std::size_t repetitions = bench.smoke() ? 1 : 11;
  Table calls({"what", "built in, ns", "shared objects, ns", "×"});
  for (const std::string algorithm : {"particle_swarm", "particle_swarm_elementary"}) {
    SkeinSetup setup;
    setup.algorithm = algorithm;
    const Size size = standard_sizes(bench.smoke()).front();
    const auto samples = interleave({contender(setup, size, true), contender(setup, size, false)}, repetitions);
    const Samples times = ratios(samples[1], samples[0]);
    calls.add({"`" + algorithm + "`, sphere, 50 × 30", to_text(samples[0]), to_text(samples[1]), to_text(times)});
    bench.at_most("operators of plugins against built-in ones", 1.05, " ×", times.median(), algorithm);
  }
  std::puts("Time per particle and dimension with the shipped plugins built in and as shared objects.");
  calls.print();

  const TemporaryFolder folder;
  const std::size_t count = bench.smoke() ? 3 : 200;
  write_plugins(folder.path(), count);
  Samples start;
  for (std::size_t i = 0; i < repetitions; ++i) start.values.push_back(seconds_of_tool() * 1e3);
  PluginSources many;
  many.directories = {folder.path().string()};
  const double loading = seconds_of_loading(many);
  Table loads({"what", "time"});
  loads.add({"`skein list operators`, from start to end", to_text(start) + " ms"});
  loads.add({std::to_string(count) + " trivial plugins, each tried in a child process and loaded",
             std::to_string(static_cast<int>(loading * 1e3)) + " ms"});
  loads.print();
  bench.at_most("start of skein list operators", 100, " ms", start.median(), "all shipped plugins");
  if (!bench.smoke()) bench.at_most("loading 200 trivial plugins", 2, " s", loading, "each tried in a child process");
}

}  // namespace skein::bench
