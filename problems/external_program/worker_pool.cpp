#include "problems/external_program/worker_pool.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <thread>
#include <utility>

#include "problems/external_program/protocol.hpp"

namespace skein::external_program {
namespace {

/// "1.5".
std::string number_text(double number) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace

/// What one call of `evaluate` has to do.
struct WorkerPool::Work {
  std::size_t count;
  const std::function<std::span<const double>(std::size_t)>& position;
  const Store& store;
  std::size_t next = 0;               ///< the lowest position that was not handed out yet
  std::size_t open = 0;               ///< handed out and not done
  std::vector<std::size_t> again;     ///< to be handed out once more
  std::vector<std::size_t> attempts;  ///< of each position
  std::optional<Failure> failure;     ///< the lowest one

  [[nodiscard]] std::size_t end() const noexcept { return failure ? failure->index : count; }
};

WorkerPool::WorkerPool(const PoolSettings& settings) : settings_(settings) {
  for (std::size_t i = 0; i < settings.workers; ++i) places_.push_back(std::make_unique<Place>());
}

WorkerPool::~WorkerPool() {
  using namespace std::chrono_literals;
  for (const auto& place : places_) place->worker.close_input();
  const auto all_ended = [&] {
    return std::ranges::all_of(places_, [](const auto& place) { return place->worker.has_ended(); });
  };
  const Clock::time_point deadline = Clock::now() + 500ms;
  while (!all_ended() && Clock::now() < deadline) std::this_thread::sleep_for(1ms);
  for (const auto& place : places_) place->worker.kill();
}

std::optional<WorkerPool::Failure> WorkerPool::evaluate(
    std::size_t count, const std::function<std::span<const double>(std::size_t)>& position, const Store& store) {
  Work work{count, position, store, 0, 0, {}, std::vector<std::size_t>(count, 0), std::nullopt};
  while (true) {
    hand_out(work);
    if (work.open == 0) return work.failure;
    wait(work);
  }
}

/// Gives every idle worker a position. After a failure only those below it count: work on others is given up.
void WorkerPool::hand_out(Work& work) {
  std::erase_if(work.again, [&](std::size_t index) { return index >= work.end(); });
  for (const auto& place : places_) {
    if (place->index != no_index && place->index >= work.end()) {
      place->worker.kill();
      place->index = no_index;
      --work.open;
    }
    while (place->index == no_index) {
      std::size_t index = 0;
      if (!work.again.empty()) {
        const auto lowest = std::ranges::min_element(work.again);
        index = *lowest;
        work.again.erase(lowest);
      } else if (work.next < work.end()) {
        index = work.next++;
      } else {
        break;
      }
      ask(*place, work, index);
    }
  }
}

void WorkerPool::ask(Place& place, Work& work, std::size_t index) {
  place.index = index;
  place.id = next_id_++;
  ++work.open;
  ++work.attempts[index];
  place.deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(settings_.timeout);
  if (!place.worker.is_running()) {
    if (const auto problem = place.worker.start(settings_.command)) return failed(place, work, *problem);
  }
  place.worker.ask(request_line(place.id, work.position(index)));
}

/// Until something happens to a worker that is at work, or the first deadline is over.
void WorkerPool::wait(Work& work) {
  std::vector<pollfd> descriptors;
  std::vector<Place*> owners;
  Clock::time_point first = Clock::time_point::max();
  for (const auto& place : places_) {
    if (place->index == no_index) continue;
    first = std::min(first, place->deadline);
    descriptors.push_back({place->worker.output(), POLLIN, 0});
    owners.push_back(place.get());
    if (!place->worker.has_unsent()) continue;
    descriptors.push_back({place->worker.input(), POLLOUT, 0});
    owners.push_back(place.get());
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
  const auto milliseconds = static_cast<int>(std::clamp<std::int64_t>(left + 1, 0, 3'600'000));
  static_cast<void>(::poll(descriptors.data(), descriptors.size(), milliseconds));
  for (std::size_t i = 0; i < descriptors.size(); ++i) {
    Place& place = *owners[i];
    if (place.index == no_index) continue;
    if (descriptors[i].events == POLLOUT) {
      if (descriptors[i].revents != 0) place.worker.send();
    } else if (descriptors[i].revents != 0) {
      look_at(place, work);
    } else if (Clock::now() >= place.deadline) {
      failed(place, work, "did not answer within " + number_text(settings_.timeout.count()) + " s");
    }
  }
}

void WorkerPool::look_at(Place& place, Work& work) {
  switch (place.worker.receive()) {
    case Worker::Received::nothing:
      if (Clock::now() >= place.deadline) {
        failed(place, work, "did not answer within " + number_text(settings_.timeout.count()) + " s");
      }
      return;
    case Worker::Received::line:
      return answered(place, work);
    case Worker::Received::end:
      return failed(place, work, place.worker.how_it_ended());
    case Worker::Received::too_much:
      return failed(place, work, "prints without an end of line");
  }
}

void WorkerPool::answered(Place& place, Work& work) {
  const auto answer = read_answer(place.worker.take_line(), place.id);
  if (const auto* bad = std::get_if<BadAnswer>(&answer)) return failed(place, work, bad->text);
  const std::size_t index = std::exchange(place.index, no_index);
  --work.open;
  work.store(index, std::get<ConstrainedValue>(answer));
}

void WorkerPool::failed(Place& place, Work& work, const std::string& why) {
  const std::size_t index = std::exchange(place.index, no_index);
  place.worker.kill();
  --work.open;
  if (work.attempts[index] <= settings_.retries) {
    work.again.push_back(index);
    return;
  }
  if (index >= work.end()) return;
  std::string message = "The worker '" + settings_.command.front() + "' " + why;
  if (settings_.retries > 0) message += ", in " + std::to_string(work.attempts[index]) + " attempts";
  work.failure = Failure{index, message + "."};
}

}  // namespace skein::external_program
