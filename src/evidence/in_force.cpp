#include "evidence/in_force.hpp"

namespace iisdiag::evidence {

facts::InForce<bool> Lookup::anonymous(std::size_t i) const {
  const bool on_by_default = tree_.nodes()[i].service != facts::Service::kFtp7;
  return in_force<bool>(i, kAnonymous, &facts::IisNode::anonymous,
                        on_by_default, "anonymous access");
}

std::string Lookup::show(const facts::IisNode& of) const {
  return config_.store == facts::Store::kMetabase
             ? fmt::format("cscript adsutil.vbs ENUM {}",
                           service_name(of.service))
             : std::string{};
}

}  // namespace iisdiag::evidence
