#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::bench {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "skein_bench_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

/// Starts the tool with nothing to say but what --json prints to the file `out`.
pid_t start(const Words& words, const std::string& out) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  const int descriptor = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0 || ::dup2(descriptor, STDOUT_FILENO) < 0) ::_exit(126);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid failed");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// What --json printed, without what depends on the clock.
std::string result_in(const std::string& file) {
  Diagnostics diagnostics;
  const auto text = read_text_file(file, diagnostics);
  auto value = text ? parse_json(*text, file, diagnostics) : std::nullopt;
  if (!value || !value->is_object()) return "";
  Object object = value->object();
  std::erase_if(object, [](const Member& member) {
    return member.key == "wall_seconds" || member.key == "threads" || member.key == "serial_steps";
  });
  return write_json(Value(std::move(object)));
}

/// A swarm with schedules, a topology that is drawn anew, noise and histories: about a second.
constexpr const char* document = R"({"format": "skein/1", "run": "killed",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 40},
    "slots": {"topology_initializer": "spso_random", "topology_updater": "adaptive_random",
      "inertia_updater": "linear_schedule", "bounds_handling": "reenter_randomly",
      "analyzer": {"quality": "best_average_worst_quality", "age": "personal_best_age"}}},
  "problem": {"name": "rastrigin", "dimension": 30, "transform": [{"shift": 3}, {"noise": {"sigma": 0.01}}]},
  "stop": {"iterations": 30000}})";

Words run_words(const Folder& folder) {
  return {SKEIN_BENCH_TOOL, "run", folder.file("run.json"), "--quiet", "--json", "--threads", "1"};
}

std::string shown(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
}

/// One run that is killed after `seconds` and then goes on; what became of it.
std::string killed_and_resumed(const Folder& folder, double seconds, const std::string& expected) {
  const std::string state = folder.file("state");
  for (const char* end : {"", ".previous", ".writing"}) fs::remove(state + end);
  Words words = run_words(folder);
  words.insert(words.end(), {"--checkpoint", state, "--every", "100"});
  const pid_t child = start(words, folder.file("killed"));
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  ::kill(child, SIGKILL);
  const int code = wait_for(child);
  const bool has_state = fs::exists(state);
  words = has_state ? Words{SKEIN_BENCH_TOOL, "run", "--resume", state, "--quiet", "--json", "--threads", "2"}
                    : run_words(folder);
  if (wait_for(start(words, folder.file("rest"))) != 0) return "did not go on";
  if (result_in(folder.file("rest")) != expected) return "another result";
  if (code == 0) return "the same (was done already)";
  return has_state ? "the same" : "the same (from the start: no checkpoint yet)";
}

}  // namespace

void kill_runs(Bench& bench) {
  const Folder folder;
  std::ofstream(folder.file("run.json")) << document;
  const Stopwatch stopwatch(Clock::wall);
  if (wait_for(start(run_words(folder), folder.file("whole"))) != 0) throw std::runtime_error("the run failed");
  const double length = stopwatch.seconds();
  const std::string expected = result_in(folder.file("whole"));
  if (expected.empty()) throw std::runtime_error("the run has no result");

  Table table({"killed after, s", "of, s", "result after resuming"});
  std::mt19937_64 random(20);
  std::size_t same = 0;
  const std::size_t count = bench.smoke() ? 2 : 20;
  for (std::size_t i = 0; i < count; ++i) {
    const double seconds = length * static_cast<double>(random() >> 11U) * 0x1p-53;
    bench.progress("kill " + std::to_string(i + 1));
    const std::string outcome = killed_and_resumed(folder, seconds, expected);
    table.add({shown(seconds), shown(length), outcome});
    if (outcome.starts_with("the same")) {
      ++same;
    } else {
      bench.fail("a run that was killed after " + shown(seconds) + " s: " + outcome);
    }
  }
  std::puts("Runs with a checkpoint every 100 iterations that are killed (SIGKILL) at a random moment and resumed.");
  table.print();
  bench.at_least("killed runs that end with the uninterrupted result", 20, "", static_cast<double>(same),
                 "all moments");
}

}  // namespace skein::bench
