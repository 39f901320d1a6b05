// Every test function, one line each.
#pragma once

namespace skein {

struct RealVectorProblemKind;

const RealVectorProblemKind& sphere_problem();
const RealVectorProblemKind& rastrigin_problem();
const RealVectorProblemKind& rosenbrock_problem();
const RealVectorProblemKind& ackley_problem();
const RealVectorProblemKind& griewank_problem();

}  // namespace skein
