// Runs of memory_efficient_particle_swarm with readings that tests write, with leaks, and with evaluations that run out
// of memory.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/plugins/memory_operators.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace skein::tests {

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
