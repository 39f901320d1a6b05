// Runs of memory_efficient_particle_swarm with readings that tests write, with leaks, and with evaluations that run out
// of memory.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "skein/memory_tracker.hpp"
#include "skein/operator.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace skein::tests {

/// A source of readings that are written down: one for every 10 iterations, the last one for ever.
struct ScriptedMemory {
  static constexpr std::string_view name = "scripted_memory";
  static constexpr std::string_view summary = "readings that a test writes";
  static constexpr std::array<std::string_view, 1> roles = {"memory_source"};
  struct Parameters {
    Value sizes;
  };
  static constexpr auto parameters = std::tuple{parameter("sizes", &Parameters::sizes, "a list of MiB")};
  struct Ports {
    In<std::int64_t> iterations;
    Out<std::int64_t> resident, address_space;
  };
  static constexpr auto ports = std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                                           out("resident", &Ports::resident, "integer", "bytes in use"),
                                           out("address_space", &Ports::address_space, "integer", "0")};
  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const List& sizes = chosen.sizes.list();
    const auto place = std::min(static_cast<std::size_t>(io.iterations.value()) / 10, sizes.size() - 1);
    io.resident.value() = static_cast<std::int64_t>(sizes[place].number() * mebibyte);
    io.address_space.value() = 0;
  }
};

/// What grows with every call, and is counted as an object of the run.
class Hoard final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "hoard";
  std::vector<std::byte> bytes;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override { return bytes.size(); }
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override { return std::make_unique<Hoard>(*this); }
  void save(StateWriter& writer) const override { writer.integer(bytes.size()); }
  void load(StateReader& reader) override { bytes.resize(reader.integer()); }
  void rows_changed(const RowMap&) override {}
};

/// Leaks on purpose, in an object that is counted or behind the run's back.
struct Leak {
  static constexpr std::string_view name = "leak";
  static constexpr std::string_view summary = "leaks on purpose";
  static constexpr std::array<std::string_view, 1> roles = {"analyzer"};
  static constexpr bool strong_guarantee = true;
  struct Parameters {
    std::int64_t bytes = 0;
    bool counted = true;
  };
  static constexpr auto parameters =
      std::tuple{parameter("bytes", &Parameters::bytes, "bytes per iteration"),
                 parameter("counted", &Parameters::counted, "true", "whether the run knows of them")};
  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<Hoard> hoard;
  };
  static constexpr auto ports = std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                                           hidden("hoard", &Ports::hoard, "hoard", "what is hoarded")};
  inline static std::vector<std::vector<char>> lost;
  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const auto bytes = static_cast<std::size_t>(chosen.bytes);
    if (chosen.counted) {
      io.hoard->bytes.resize(io.hoard->bytes.size() + bytes);
    } else {
      lost.emplace_back(bytes, 'x');
    }
  }
};

/// An objective that runs out of memory in some evaluations.
struct Hungry {
  static constexpr std::string_view name = "hungry";
  static constexpr std::string_view summary = "x[0]^2, as long as there is memory";
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", "the solutions"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "their fitness")};
  inline static int calls = 0;
  inline static int fails_from = 0;
  inline static int failures = 0;  ///< how many calls fail; -1: all of them
  static void run(const Ports& io, RowContext& context) {
    if (++calls > fails_from && failures != 0) {
      if (failures > 0) --failures;
      throw std::bad_alloc();
    }
    const std::size_t row = context.rows().first;
    io.fitness(row, 0) = 0;
    io.fitness(row, 1) = io.position(row, 0) * io.position(row, 0);
  }
  static void begin(int first, int count) {
    calls = 0;
    fails_from = first;
    failures = count;
  }
};

inline Session memory_session() {
  Session session = full_session();
  session.registry().add_object_type(std::string(Hoard::type),
                                     []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Hoard>(); });
  session.registry().add(operator_table<ScriptedMemory>());
  session.registry().add(operator_table<Leak>());
  session.registry().add(operator_table<Hungry>());
  return session;
}

inline std::string document(const std::string& slots, const std::string& memory,
                            const std::string& stop = R"("iterations": 200)", const std::string& size = "40") {
  return R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "parameters": {"swarm_size": )" +
         size + R"(}, "slots": {)" + slots + R"(}}, "problem": {"name": "rastrigin", "dimension": 6}, "stop": {)" +
         stop + R"(}, "memory": {)" + memory + "}}";
}

inline std::string scripted(const std::string& sizes) {
  return R"("memory_source": {"operator": "scripted_memory", "parameters": {"sizes": [)" + sizes + "]}}";
}

/// The readings come from the run itself, so that all of it repeats.
inline constexpr const char* counted_source = R"("memory_source": "read_counted_memory")";

inline Result finished(const Job& job, std::size_t threads = 1) {
  RunOptions options = job.options;
  options.threads = threads;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

inline std::string list_of(const Value& memory, const char* list, const char* key) {
  std::string text;
  for (const Value& entry : memory.find(list)->list()) {
    text += (text.empty() ? "" : ", ") + entry.find(key)->text() + "@" +
            std::to_string(static_cast<std::int64_t>(entry.find("iteration")->number()));
    if (const Value* left = entry.find("left")) text += ":" + std::to_string(static_cast<int>(left->number()));
  }
  return text;
}

inline std::string actions(const Result& result) { return list_of(result.memory, "actions", "action"); }
inline std::string alerts(const Result& result) { return list_of(result.memory, "alerts", "type"); }

inline const ResultHistory& history(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.histories, name, &ResultHistory::name);
  REQUIRE(found != result.histories.end());
  return *found;
}

}  // namespace skein::tests
