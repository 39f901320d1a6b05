#include "tests/apps/tool.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace tool_test {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// Files beside the folder for the standard streams of one process.
struct Streams {
  explicit Streams(const std::filesystem::path& folder)
      : in(folder.string() + ".in"), out(folder.string() + ".out"), err(folder.string() + ".err") {}
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  ~Streams() {
    for (const auto& path : {in, out, err}) std::filesystem::remove(path);
  }
  std::filesystem::path in, out, err;
};

void redirect(const std::filesystem::path& path, int flags, int descriptor) {
  const int opened = ::open(path.c_str(), flags, 0600);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(126);
}

pid_t start(const std::filesystem::path& folder, const Words& words, const Streams& streams) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  redirect(streams.in, O_RDONLY, STDIN_FILENO);
  redirect(streams.out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(streams.err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

Outcome wait_for(pid_t child, const Streams& streams) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid failed");
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read_file(streams.out);
  outcome.err = read_file(streams.err);
  return outcome;
}

Words with_tool(const Words& words) {
  Words all = {SKEIN_TOOL};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

}  // namespace

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "skein-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = pattern;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

void Folder::write(const std::string& name, const std::string& text) const { write_file(path(name), text); }

std::string Folder::read(const std::string& name) const { return read_file(path(name)); }

Words Folder::names() const {
  Words found;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

Outcome Folder::skein(const Words& words, const std::string& input) const {
  const Streams streams(path_);
  write_file(streams.in, input);
  return wait_for(start(path_, with_tool(words), streams), streams);
}

Outcome Folder::skein_interrupted(const Words& words, int signal) const {
  const Streams streams(path_);
  write_file(streams.in, "");
  write_file(streams.err, "");
  const pid_t child = start(path_, with_tool(words), streams);
  constexpr std::chrono::milliseconds pause{200};
  for (int i = 0; i < 300 && std::filesystem::file_size(streams.err) == 0; ++i) std::this_thread::sleep_for(pause);
  std::this_thread::sleep_for(pause);
  ::kill(child, signal);
  return wait_for(child, streams);
}

Outcome Folder::shell(const std::string& command) const {
  const Streams streams(path_);
  write_file(streams.in, "");
  const Words words = {"/bin/sh", "-c", "SKEIN='" SKEIN_TOOL "'; " + command};
  return wait_for(start(path_, words, streams), streams);
}

std::string small_run() {
  return R"({"format": "skein/1", "run": "small",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 10}},
  "problem": {"name": "sphere", "dimension": 3, "parameters": {}},
  "seed": 1, "stop": {"iterations": 20}}
)";
}

nlohmann::json repeatable(nlohmann::json result) {
  for (const char* key : {"wall_seconds", "threads", "serial_steps"}) result.erase(key);
  return result;
}

nlohmann::json repeatable(const Outcome& outcome) { return repeatable(outcome.json()); }

Outcome SmallRun::run(const Words& assignments, const Words& further) const {
  Words words = {"run", "run.json"};
  for (const std::string& assignment : assignments) {
    words.emplace_back("--set");
    words.push_back(assignment);
  }
  words.insert(words.end(), further.begin(), further.end());
  return skein(words);
}

}  // namespace tool_test
