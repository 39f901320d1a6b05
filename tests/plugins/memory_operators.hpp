// Operators for runs within bounds of memory: readings that tests write, leaks, and evaluations that run out of memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <tuple>
#include <vector>

#include "skein/memory_tracker.hpp"
#include "skein/operator.hpp"

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

}  // namespace skein::tests
