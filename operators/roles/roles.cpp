#include "operators/all.hpp"
#include "skein/registry.hpp"

namespace skein {
namespace {

constexpr bool required = true;

RolePort role_input(std::string name, std::string type, std::string summary, bool is_required = false) {
  return {std::move(name), std::move(type), Direction::in, is_required, std::move(summary)};
}

RolePort role_output(std::string name, std::string type, std::string summary, bool is_required = false) {
  return {std::move(name), std::move(type), Direction::out, is_required, std::move(summary)};
}

RolePort role_state(std::string name, std::string type, std::string summary, bool is_required = false) {
  return {std::move(name), std::move(type), Direction::inout, is_required, std::move(summary)};
}

RoleSpec particle_creator() {
  return {"particle_creator",
          "places the particles of a new swarm",
          {role_output("position", "solution[n]", "where the particles start", required),
           role_output("velocity", "real[n,d]", "how they start to move; zero when the creator leaves it out")}};
}

RoleSpec velocity_initializer() {
  return {"velocity_initializer",
          "says how the particles of a new swarm start to move",
          {role_input("position", "solution[n]", "where the particles are"),
           role_output("velocity", "real[n,d]", "how they start to move", required)}};
}

RoleSpec particle_updater() {
  return {"particle_updater",
          "moves the particles",
          {role_state("position", "solution[n]", "where the particles are", required),
           role_state("velocity", "real[n,d]", "how they moved last"),
           role_input("personal_best", "solution[n]", "best position that each particle has visited"),
           role_input("personal_best_fitness", "fitness[n]", "fitness of `personal_best`"),
           role_input("neighbor_best", "index<n>[n]", "row of the best informant of each particle"),
           role_input("neighborhood", "neighborhood", "who informs whom"),
           role_input("inertia", "real", "weight of the old velocity"),
           role_input("personal_best_attraction", "real", "strength of the pull to the own best position"),
           role_input("neighbor_best_attraction", "real", "strength of the pull to the best informant's best position"),
           role_input("velocity_limit", "real", "largest length of the velocity"),
           role_input("component_limits", "real[d]", "largest size of the components of the velocity"),
           role_input("best", "solution", "best position that any particle has visited"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec guided_particle_updater() {
  return {"guided_particle_updater",
          "moves the particles, each with a leader of its own",
          {role_state("position", "solution[n]", "where the particles are", required),
           role_state("velocity", "real[n,d]", "how they moved last"),
           role_input("personal_best", "solution[n]", "a good position that each particle has visited"),
           role_input("leader", "solution[n]", "the position that each particle follows"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec mutation() {
  return {"mutation",
          "changes some solutions at random",
          {role_state("position", "solution[n]", "the solutions", required),
           role_input("share", "real", "probability of a solution to be changed"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec neighbor() {
  return {"neighbor",
          "goes from every solution to one near it",
          {role_state("position", "solution[n]", "the solutions", required),
           role_input("step_size", "real", "how far the steps are, as a fraction of what is possible"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec local_search() {
  return {"local_search",
          "searches around solutions, evaluating for itself",
          {role_input("start", "solution[n]", "where the searches start", required),
           role_input("start_fitness", "fitness[n]", "fitness of `start`", required),
           role_input("chosen", "boolean[n]", "for which rows is searched; the others stay as they are"),
           role_input("budget", "integer", "most evaluations of each search"),
           role_output("position", "solution[n]", "the best that was found", required),
           role_output("fitness", "fitness[n]", "fitness of `position`", required)}};
}

RoleSpec selection() {
  return {"selection",
          "chooses parents",
          {role_input("fitness", "fitness[n]", "fitness of the solutions"),
           role_output("rows", "index<n>[n]", "row of a parent for each of the offspring", required),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec crossover() {
  return {"crossover",
          "makes one solution of two",
          {role_state("position", "solution[n]", "one parent; becomes the offspring", required),
           role_input("mate", "solution[n]", "the other parent", required),
           role_input("rate", "real", "probability of each component to have something of the mate"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec differential_mutation() {
  return {"differential_mutation",
          "adds a difference of two solutions to a third one",
          {role_input("position", "solution[n]", "the solutions", required),
           role_input("base", "index<n>[n]", "row of the solution that is changed"),
           role_input("first", "index<n>[n]", "row of the solution from which is subtracted"),
           role_input("second", "index<n>[n]", "row of the solution that is subtracted"),
           role_input("scale_factor", "real", "how much of the difference is added"),
           role_output("mutant", "solution[n]", "the sum", required),
           role_output("difference", "real[n,d]", "what was added"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec replacement() {
  return {"replacement",
          "says which offspring take the places of solutions",
          {role_input("offspring", "solution[n]", "the new solutions", required),
           role_input("offspring_fitness", "fitness[n]", "fitness of `offspring`", required),
           role_state("position", "solution[n]", "the solutions", required),
           role_state("fitness", "fitness[n]", "fitness of `position`", required),
           role_input("temperature", "real", "how much worse offspring may be, in units of the objective"),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec archive_updater() {
  return {"archive_updater",
          "takes what the swarm has found into an archive",
          {role_input("position", "solution[n]", "where the particles are", required),
           role_input("fitness", "fitness[n]", "fitness of `position`", required),
           role_state("archive", "archive", "the front so far", required),
           role_input("capacity", "integer", "most entries of the archive")}};
}

RoleSpec archive_cleanup() {
  return {"archive_cleanup",
          "makes an archive smaller, when memory is short",
          {role_state("archive", "archive", "what is made smaller", required),
           role_output("freed_entries", "integer", "entries that were given up"),
           role_output("freed_bytes", "integer", "bytes of memory that were given back")}};
}

RoleSpec bounds_handling() {
  return {"bounds_handling",
          "says what becomes of particles that leave their bounds",
          {role_state("position", "solution[n]", "where the particles are", required),
           role_state("velocity", "real[n,d]", "how they moved last")}};
}

RoleSpec penalty() {
  return {"penalty",
          "changes the fitness of particles for where they are",
          {role_input("position", "solution[n]", "where the particles are"),
           role_state("fitness", "fitness[n]", "fitness of `position`", required)}};
}

RoleSpec swarm_updater() {
  return {"swarm_updater",
          "stores what the swarm has learnt from an evaluation",
          {role_input("position", "solution[n]", "where the particles are"),
           role_input("fitness", "fitness[n]", "fitness of `position`"),
           role_state("personal_best", "solution[n]", "best position that each particle has visited", required),
           role_state("personal_best_fitness", "fitness[n]", "fitness of `personal_best`", required),
           role_state("best", "solution", "best position that any particle has visited", required),
           role_state("best_fitness", "fitness", "fitness of `best`", required),
           role_input("iterations", "integer", "iterations so far")}};
}

RoleSpec evaluator() {
  return {
      "evaluator",
      "computes the fitness of solutions",
      {role_input("position", "solution[n]", "the solutions", required),
       role_output("fitness", "fitness[n]", "constraint violation and objectives, as they are minimized", required)}};
}

RoleSpec topology_initializer() {
  return {"topology_initializer",
          "says who informs whom at the start",
          {role_state("neighborhood", "neighborhood", "who informs whom", required),
           role_input("swarm", "population", "the particles")}};
}

RoleSpec topology_updater() {
  return {"topology_updater",
          "changes who informs whom during the run",
          {role_state("neighborhood", "neighborhood", "who informs whom"),
           role_input("swarm", "population", "the particles"),
           role_input("personal_best_fitness", "fitness[n]", "fitness of the best position of each particle"),
           role_input("best_fitness", "fitness", "fitness of the best position that any particle has visited"),
           role_input("iterations", "integer", "iterations so far"),
           role_output("redraw", "boolean", "whether the topology initializer is to run again")}};
}

RoleSpec schedule() {
  return {
      "schedule",
      "changes a number in the course of the run",
      {role_state("value", "real", "the scheduled number", required), role_input("start", "real", "value at the start"),
       role_input("end", "real", "value at the end"), role_input("index", "integer", "how far the run is"),
       role_input("start_index", "integer", "index up to which `start` holds"),
       role_input("end_index", "integer", "index from which on `end` holds"),
       role_input("minimum", "real", "smallest value that makes sense")}};
}

RoleSpec stop_criterion() {
  return {"stop_criterion",
          "decides whether the run ends",
          {role_output("stop", "boolean", "whether to stop", required),
           role_input("iterations", "integer", "iterations so far"),
           role_input("evaluations", "integer", "evaluated solutions so far"),
           role_input("best_fitness", "fitness", "fitness of the best position that any particle has visited"),
           role_input("swarm", "population", "the particles"),
           role_input("position", "solution[n]", "where the particles are"),
           role_input("best", "solution", "best position that any particle has visited")}};
}

RoleSpec analyzer() {
  return {"analyzer",
          "observes the swarm",
          {role_input("position", "solution[n]", "where the particles are"),
           role_input("fitness", "fitness[n]", "fitness of `position`"),
           role_input("velocity", "real[n,d]", "how they moved last"),
           role_input("personal_best", "solution[n]", "best position that each particle has visited"),
           role_input("personal_best_fitness", "fitness[n]", "fitness of `personal_best`"),
           role_input("best", "solution", "best position that any particle has visited"),
           role_input("best_fitness", "fitness", "fitness of `best`"),
           role_input("neighborhood", "neighborhood", "who informs whom"),
           role_input("archive", "archive", "the front so far"), role_input("swarm", "population", "the particles"),
           role_input("scheduled", "real", "list of the numbers that schedules change"),
           role_input("iterations", "integer", "iterations so far"),
           role_input("evaluations", "integer", "evaluated solutions so far"),
           role_input("stop", "boolean", "whether this is the final state")}};
}

}  // namespace

void register_roles(Registry& registry) {
  registry.add(particle_creator());
  registry.add(velocity_initializer());
  registry.add(particle_updater());
  registry.add(guided_particle_updater());
  registry.add(mutation());
  registry.add(neighbor());
  registry.add(local_search());
  registry.add(selection());
  registry.add(crossover());
  registry.add(differential_mutation());
  registry.add(replacement());
  registry.add(bounds_handling());
  registry.add(penalty());
  registry.add(swarm_updater());
  registry.add(evaluator());
  registry.add(topology_initializer());
  registry.add(topology_updater());
  registry.add(schedule());
  registry.add(stop_criterion());
  registry.add(analyzer());
  registry.add(archive_updater());
  registry.add(archive_cleanup());
}

}  // namespace skein
