#include "problems/combinatorial/knapsack_file.hpp"

#include <utility>

#include "problems/combinatorial/instance_words.hpp"

namespace skein {
namespace {

constexpr std::int64_t most_items = 1'000'000;

/// Goes through the words of a file. Ends for good when a count is wrong or a word is missing.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file, Diagnostics& diagnostics) : findings_(file, diagnostics) {
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
      const auto words = words_of_line(line, ++number);
      words_.insert(words_.end(), words.begin(), words.end());
    }
    last_line_ = number;
  }

  std::vector<KnapsackInstance> read() {
    std::vector<KnapsackInstance> instances;
    const std::int64_t count = read_count("the number of instances", 1, most_items);
    for (std::int64_t i = 1; i <= count && can_go_on(); ++i) instances.push_back(read_instance(i));
    if (can_go_on() && next_ < words_.size()) {
      findings_.add(words_[next_], "The file goes on after its last instance, number " + std::to_string(count) + ".",
                    "the end of the file");
    }
    return instances;
  }

  [[nodiscard]] bool found_nothing() const { return findings_.empty(); }

 private:
  KnapsackInstance read_instance(std::int64_t number) {
    const std::string of_instance = " of instance " + std::to_string(number);
    KnapsackInstance instance;
    const auto items = read_count("the number of items" + of_instance, 1, most_items);
    const auto constraints = read_count("the number of constraints" + of_instance, 0, most_items);
    const double optimum = read_number("the optimum" + of_instance, false);
    if (optimum != 0.0) instance.optimum = optimum;
    for (std::int64_t j = 1; j <= items && can_go_on(); ++j) {
      instance.profits.push_back(read_number(one_of("profit", j, items) + of_instance, false));
    }
    for (std::int64_t i = 1; i <= constraints && can_go_on(); ++i) {
      for (std::int64_t j = 1; j <= items && can_go_on(); ++j) {
        instance.weights.push_back(
            read_number(one_of("weight", j, items) + " of constraint " + std::to_string(i) + of_instance, true));
      }
    }
    for (std::int64_t i = 1; i <= constraints && can_go_on(); ++i) {
      instance.capacities.push_back(read_number(one_of("capacity", i, constraints) + of_instance, true));
    }
    return instance;
  }

  static std::string one_of(const char* what, std::int64_t number, std::int64_t count) {
    return std::string(what) + " " + std::to_string(number) + " of " + std::to_string(count);
  }

  [[nodiscard]] bool can_go_on() const { return !is_over_ && !findings_.is_full(); }

  /// nullptr at the end, which is reported.
  const InstanceWord* next(const std::string& what, const std::string& expected) {
    if (!can_go_on()) return nullptr;
    if (next_ < words_.size()) return &words_[next_++];
    is_over_ = true;
    findings_.add(last_line_, 0,
                  words_.empty() ? "The file is empty." : "The file ends too early: " + what + " is missing.",
                  words_.empty() ? what : expected, "the end of the file");
    return nullptr;
  }

  /// 0 after a report.
  std::int64_t read_count(const std::string& what, std::int64_t smallest, std::int64_t largest) {
    const std::string expected = "an integer from " + std::to_string(smallest) + " to " + std::to_string(largest);
    const InstanceWord* word = next(what, expected);
    if (word == nullptr) return 0;
    const auto count = integer_of(word->text);
    if (count && *count >= smallest && *count <= largest) return *count;
    is_over_ = true;
    findings_.add(*word, "This cannot be " + what + ".", expected);
    return 0;
  }

  double read_number(const std::string& what, bool is_amount) {
    const std::string expected = is_amount ? "a finite number, at least 0" : "a finite number";
    const InstanceWord* word = next(what, expected);
    if (word == nullptr) return 0;
    const auto number = number_of(word->text);
    if (number && !(is_amount && *number < 0)) return *number;
    findings_.add(*word, "This cannot be " + what + ".", expected);
    return 0;
  }

  InstanceFindings findings_;
  std::vector<InstanceWord> words_;
  std::size_t next_ = 0;
  std::size_t last_line_ = 0;
  bool is_over_ = false;
};

}  // namespace

std::vector<KnapsackInstance> read_knapsacks(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  Reader reader(text, file, diagnostics);
  auto instances = reader.read();
  if (!reader.found_nothing()) instances.clear();
  return instances;
}

}  // namespace skein
