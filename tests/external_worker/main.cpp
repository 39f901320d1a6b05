// A worker for the tests of external programs: it computes the sum of squares, or does wrong what its first argument
// says. Without a JSON library, as a small program would.
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

std::string id_of(const std::string& line) {
  const std::size_t start = line.find("\"id\": ") + 6;
  return line.substr(start, line.find(',', start) - start);
}

std::vector<double> position_of(const std::string& line) {
  std::vector<double> position;
  const char* text = line.c_str() + line.find('[') + 1;
  while (*text != ']' && *text != '\0') {
    char* end = nullptr;
    position.push_back(std::strtod(text, &end));
    text = end == text ? text + 1 : end;
    while (*text == ',' || *text == ' ') ++text;
  }
  return position;
}

/// Does what the mode says.
void misbehave(const std::string& mode, const std::string& id) {
  if (mode == "exit") std::exit(3);
  if (mode == "success") std::exit(0);
  if (mode == "crash") std::raise(SIGABRT);
  if (mode == "hang") sleep(1000);
  if (mode == "garbage") std::cout << "hello\tthere" << std::endl;
  if (mode == "list") std::cout << "[1, 2]" << std::endl;
  if (mode == "no_id") std::cout << R"({"objectives": [1]})" << std::endl;
  if (mode == "other_id") std::cout << R"({"id": 999999, "objectives": [1]})" << std::endl;
  if (mode == "none") std::cout << R"({"id": )" << id << "}" << std::endl;
  if (mode == "two") std::cout << R"({"id": )" << id << R"(, "objectives": [1, 2]})" << std::endl;
  if (mode == "text") std::cout << R"({"id": )" << id << R"(, "objectives": ["one"]})" << std::endl;
  if (mode == "null") std::cout << R"({"id": )" << id << R"(, "objectives": [null]})" << std::endl;
  if (mode == "nan") std::cout << R"({"id": )" << id << R"(, "objectives": [NaN]})" << std::endl;
  if (mode == "negative") std::cout << R"({"id": )" << id << R"(, "objectives": [1], "violation": -1})" << std::endl;
  if (mode == "long_error") {
    std::cout << R"({"id": )" << id << R"(, "error": "first line\nsecond )" << std::string(100'000, 'x') << R"("})"
              << std::endl;
  }
  if (mode == "error") std::cout << R"({"id": )" << id << R"(, "error": "the mesh is broken"})" << std::endl;
  if (mode == "closed") {
    close(STDOUT_FILENO);
    sleep(1000);
  }
}

}  // namespace

/// worker MODE [WHEN [LOG MILLISECONDS]]: notes each position in the file LOG and takes its time. WHEN is `always`, a
/// file (once, as long as it does not exist), `above`: where x[0] > 0.5, or `late`: from the 100th request on.
int main(int count, char** arguments) {
  const std::string mode = count > 1 ? arguments[1] : "good";
  const std::string when = count > 2 ? arguments[2] : "always";
  std::FILE* const log = count > 3 ? std::fopen(arguments[3], "a") : nullptr;
  const int milliseconds = count > 4 ? std::atoi(arguments[4]) : 0;
  int requests = 0;
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::vector<double> x = position_of(line);
    bool is_bad = mode != "good" && mode != "pid" && mode != "constrained";
    ++requests;
    if (log != nullptr) {
      std::fprintf(log, "%s\n", line.substr(line.find('[')).c_str());
      std::fflush(log);
      usleep(static_cast<useconds_t>(1000 * milliseconds));
    }
    if (when == "above") is_bad = x[0] > 0.5;
    if (when == "late") is_bad = requests >= 100;
    if (when.find('/') != std::string::npos) {
      is_bad = access(when.c_str(), F_OK) != 0;
      if (is_bad) std::fclose(std::fopen(when.c_str(), "w"));
    }
    if (is_bad) {
      misbehave(mode, id_of(line));
      continue;
    }
    double sum = 0;
    for (const double coordinate : x) sum += coordinate * coordinate;
    if (mode == "pid") sum = getpid();
    const double violation = mode == "constrained" ? 1 : 0;
    std::printf("{\"id\": %s, \"objectives\": [%.17g], \"violation\": %g, \"note\": \"ignored\"}\n",
                id_of(line).c_str(), sum, violation);
    std::fflush(stdout);
  }
}
