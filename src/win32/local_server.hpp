// This server, live.
#pragma once

#include <functional>
#include <memory>

#include "evidence/file_system.hpp"
#include "evidence/live_server.hpp"
#include "win32/api.hpp"
#include "win32/secret_table.hpp"

namespace iisdiag::win32 {

// Reads the configuration of IIS into the facts, passwords into the table;
// false where there is no IIS.
using ConfigReader =
    std::function<bool(SecretTable& secrets, evidence::FileFacts& facts)>;

class LocalServer final : public evidence::LiveServer {
 public:
  // `is_wine`: what Windows' accounts, rights and logons are asked, Wine
  // invents; then nothing of it is asked and all of it is unknown.
  // `logs` is where web logs are read; none are without it.
  LocalServer(const Api& api, bool is_wine, ConfigReader read_config = {},
              std::shared_ptr<const evidence::FileSystem> logs = {});

  facts::Moment now() override;
  bool has_iis() override { return has_iis_; }
  void read_configuration(evidence::FileFacts& facts) override;
  void read_accounts(const std::vector<evidence::AccountQuestion>& questions,
                     const facts::Machine& machine,
                     evidence::FileFacts& facts) override;
  void read_rights(evidence::FileFacts& facts) override;
  void read_records(const facts::Machine& machine,
                    evidence::FileFacts& facts) override;
  void try_logon(const evidence::AccountQuestion& account,
                 const text::Secret* given, facts::LogonTrial& trial) override;
  void forget_passwords() override { secrets_.forget(); }
  bool is_elevated() override;
  std::vector<evidence::ConfigFile> configuration_files() override;

 private:
  const Api api_;
  const bool is_wine_;
  const ConfigReader read_config_;
  const std::shared_ptr<const evidence::FileSystem> logs_;
  bool has_iis_ = false;
  facts::Observed<std::string> iis_;
  SecretTable secrets_;
};

// The real one.
std::unique_ptr<evidence::LiveServer> local_server();

}  // namespace iisdiag::win32
