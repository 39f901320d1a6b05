#include "tests/heuristiclab/plain_swarm.hpp"

#include <algorithm>
#include <vector>

#include "tests/heuristiclab/mersenne_twister.hpp"
#include "tests/heuristiclab/normal_numbers.hpp"
#include "tests/heuristiclab/particle_updates.hpp"

namespace skein::heuristiclab {
namespace {

struct Member {
  std::vector<double> position, velocity, personal_best;
  double quality = 0;
  double personal_best_quality = 0;
  std::vector<std::size_t> informants;  ///< ascending
  std::size_t neighbor_best = 0;
};

class PlainSwarm {
 public:
  explicit PlainSwarm(const PlainSettings& settings) : settings_(settings), swarm_(settings.particles) {}

  PlainRun run() {
    create();
    connect();
    learn();
    double best_before = 0;
    for (std::size_t iteration = 0; iteration < settings_.iterations; ++iteration) {
      for (Member& member : swarm_) move(member);
      evaluate();
      // The topology changes before the swarm learns: by what the iteration before has found.
      if (settings_.topology == Topology::adaptive_random) {
        if (iteration > 0 && !(best_ < best_before)) connect();
        best_before = best_;
      }
      learn();
      // So the next iteration has the inertia of this one's number: the schedule lags, too.
      const double step = (settings_.final_inertia - initial_inertia) / static_cast<double>(settings_.iterations);
      coefficients_.inertia = initial_inertia + step * static_cast<double>(iteration);
    }
    return result();
  }

 private:
  static constexpr double initial_inertia = Coefficients{}.inertia;

  void create() {
    const double lower = -settings_.bound;
    const double upper = settings_.bound;
    for (Member& member : swarm_) {
      for (std::size_t i = 0; i < settings_.dimension; ++i) {
        member.position.push_back(lower + (upper - lower) * random_.uniform());
      }
      for (const double x : member.position) {
        const double u = random_.uniform();
        member.velocity.push_back(settings_.version == Version::spso_2007
                                      ? (lower + u * (upper - lower) - x) / 2
                                      : (lower - x) + u * ((upper - x) - (lower - x)));
      }
    }
    evaluate();
    for (Member& member : swarm_) {
      member.personal_best = member.position;
      member.personal_best_quality = member.quality;
    }
  }

  [[nodiscard]] PlainRun result() const {
    PlainRun result;
    std::vector<double> qualities;
    for (const Member& member : swarm_) {
      qualities.push_back(member.quality);
      result.positions.insert(result.positions.end(), member.position.begin(), member.position.end());
      result.velocities.insert(result.velocities.end(), member.velocity.begin(), member.velocity.end());
      result.personal_bests.insert(result.personal_bests.end(), member.personal_best.begin(),
                                   member.personal_best.end());
    }
    result.outcome = outcome(best_, qualities, evaluations_);
    return result;
  }

  void evaluate() {
    for (Member& member : swarm_) member.quality = settings_.objective(member.position);
    evaluations_ += swarm_.size();
  }

  void connect() {
    const std::size_t count = swarm_.size();
    for (std::size_t k = 0; k < count; ++k) {
      std::vector<std::size_t>& informants = swarm_[k].informants;
      informants.clear();
      if (settings_.topology == Topology::ring) informants = {(k + count - 1) % count, k, (k + 1) % count};
      if (settings_.topology == Topology::adaptive_random) informants = {k};
      for (std::size_t other = 0; settings_.topology == Topology::complete && other < count; ++other) {
        informants.push_back(other);
      }
    }
    if (settings_.topology == Topology::adaptive_random) {
      for (std::size_t k = 0; k < count; ++k) {
        for (int link = 0; link < 3; ++link) {
          swarm_[random_.next(static_cast<std::uint32_t>(count))].informants.push_back(k);
        }
      }
    }
    for (Member& member : swarm_) std::ranges::sort(member.informants);
  }

  void learn() {
    for (Member& member : swarm_) {
      if (!(member.quality < member.personal_best_quality)) continue;
      member.personal_best = member.position;
      member.personal_best_quality = member.quality;
    }
    const auto quality = [&](std::size_t k) { return swarm_[k].personal_best_quality; };
    for (Member& member : swarm_) member.neighbor_best = *std::ranges::min_element(member.informants, {}, quality);
    best_ = std::ranges::min_element(swarm_, {}, &Member::personal_best_quality)->personal_best_quality;
  }

  void move(Member& member) {
    const Particle particle{member.position, member.velocity, member.personal_best,
                            swarm_[member.neighbor_best].personal_best};
    const auto uniform = [this] { return random_.uniform(); };
    const bool is_2007 = settings_.version == Version::spso_2007;
    if (is_2007) {
      update_2007(particle, coefficients_, uniform);
    } else {
      std::vector<double> direction(settings_.dimension), centre(settings_.dimension);
      update_2011(
          particle, coefficients_, [this] { return normal_number(random_); }, uniform, direction, centre);
    }
    for (std::size_t i = 0; i < settings_.dimension; ++i) {
      double& x = member.position[i];
      if (x >= -settings_.bound && x <= settings_.bound) continue;
      x = x < 0 ? -settings_.bound : settings_.bound;
      member.velocity[i] = is_2007 ? 0 : -0.5 * member.velocity[i];
    }
  }

  const PlainSettings& settings_;
  std::vector<Member> swarm_;
  MersenneTwister random_;
  Coefficients coefficients_;
  double best_ = 0;
  std::size_t evaluations_ = 0;
};

}  // namespace

PlainRun run_plainly(const PlainSettings& settings) { return PlainSwarm(settings).run(); }

Outcome outcome(double best, std::span<const double> qualities, std::size_t evaluations) {
  double sum = 0;
  for (const double quality : qualities) sum += quality;
  return {best, sum / static_cast<double>(qualities.size()), std::ranges::max(qualities), evaluations};
}

}  // namespace skein::heuristiclab
