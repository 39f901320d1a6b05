#include "tests/core/support/mailbox.hpp"

#include <limits>
#include <utility>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 4;

/// fitness <- (0, what the mailbox answers to the sum of squares).
struct AskOutside {
  static constexpr std::string_view name = "ask_outside";
  static constexpr std::string_view summary = "waits for values from outside";
  static constexpr bool reports_rows = true;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (!context.in_flight(row)) mailbox().ask(row, sphere(io.position.row(row), dimension));
      const std::optional<double> answer = mailbox().take_answer(row);
      if (!answer) {
        context.defer(row);
        continue;
      }
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = *answer;
      context.finished(row);
    }
  }
};

}  // namespace

void Mailbox::clear() {
  letters_.assign(mailbox_rows, {});
  asked_twice = 0;
}

void Mailbox::ask(std::size_t row, double sum) {
  const std::lock_guard lock(mutex_);
  if (letters_[row].open) ++asked_twice;
  letters_[row] = {true, sum, std::nullopt};
}

std::optional<double> Mailbox::take_answer(std::size_t row) {
  const std::lock_guard lock(mutex_);
  return letters_[row].answer ? std::exchange(letters_[row], {}).answer : std::nullopt;
}

void Mailbox::answer_some(std::size_t order) {
  const std::size_t count = (mailbox_rows + 2) / 3;
  std::size_t answered = 0;
  for (std::size_t i = 0; i < mailbox_rows && answered < count; ++i) {
    // Forwards, backwards, or jumping.
    const std::size_t row = order == 0 ? i : order == 1 ? mailbox_rows - 1 - i : (order * 5 * i + 2) % mailbox_rows;
    if (!letters_[row].open || letters_[row].answer) continue;
    letters_[row].answer = 2.0 * letters_[row].question;
    ++answered;
  }
}

Mailbox& mailbox() {
  static Mailbox instance;
  return instance;
}

std::shared_ptr<const Plan> ask_and_tell_plan() {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", mailbox_rows);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  const auto best = variable(builder.column(swarm, "best", {real_part(dimension)}));
  const auto best_fitness =
      variable(builder.column(swarm, "best_fitness", {real_part(2)}, {std::numeric_limits<double>::infinity()}));
  const std::size_t loop = builder.next_step();
  builder.step<FillUniform>("move", swarm, {{"value", position}});
  builder.evaluator<AskOutside>("ask", swarm, {{"position", position}, {"fitness", fitness}});
  builder.step<Remember>(
      "remember", swarm,
      {{"position", position}, {"fitness", fitness}, {"best", best}, {"best_fitness", best_fitness}});
  builder.repeat(loop, 3);
  return builder.build();
}

}  // namespace skein::test
