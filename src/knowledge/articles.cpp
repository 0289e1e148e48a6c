#include <algorithm>
#include <array>

#include "knowledge/finding.hpp"

namespace iisdiag::knowledge {
namespace {

// Titles are our own words. The keys of documents without an article number
// are those of FACTS.md.
constexpr std::array kArticles = {
    Article{"KB2871997", "S-1-5-113, Local account, in logons of Windows 7 on"},
    Article{"KB332167", "What password sync needs in IIS 6.0"},
    Article{"KB812614", "Default permissions and user rights of IIS 6.0"},
    Article{"KB832981", "Only administrators can log on: security log full"},
    Article{"KB896861", "401.1 for the server's own name: loopback check"},
    Article{"KB900215", "One wrong password counts twice in Windows 2000"},
    Article{"KB907273", "Reading HTTP 401 errors of IIS"},
    Article{"KB909887", "401.1 Unauthorized: Logon failed (IIS 6.0)"},
    Article{"KB922730", "IIS locks out the anonymous account"},
    Article{"KB943891", "Status codes of IIS 7.0 and later"},
    Article{"KB981949", "IUSR accounts of FTP 6 beside IIS 7"},
    Article{"Q102974", "Registry values of the FTP server of NT 3.5x"},
    Article{"Q139341", "Guest as the anonymous account of the FTP server"},
    Article{"Q142639", "Logon methods in the readme of Windows NT 4.0"},
    Article{"Q142715", "HTTP 500 for a logon type that is not granted"},
    Article{"Q142868", "The IUSR account that setup of IIS creates"},
    Article{"Q143180", "Registry values that all IIS services share"},
    Article{"Q146193", "HTTP 500: the account may not log on locally"},
    Article{"Q147532", "Visitors of IIS 1.0 are denied access"},
    Article{"Q153953", "Choosing the logon method in the registry"},
    Article{"Q154135", "HTTP 500: logon hours, disabled account"},
    Article{"Q154953", "A minimum password length stops setup of IIS 1.0"},
    Article{"Q155253", "No Access for Everyone keeps visitors out"},
    Article{"Q158229", "What the IUSR account is and may do"},
    Article{"Q159930", "The network right was taken from Everyone"},
    Article{"Q169263", "HTTP 500: the anonymous account is locked out"},
    Article{"Q170863", "Event 100 although anonymous access is off"},
    Article{"Q173962", "Setup on a backup controller makes no IUSR account"},
    Article{"Q184300", "Password sync with an account of a domain"},
    Article{"Q185802", "Site Server needs password sync off"},
    Article{"Q187506", "Permissions and rights that IIS 4.0 and 5.0 need"},
    Article{"Q188895", "How long IIS keeps a logon token"},
    Article{"Q190005", "Visitors are asked for a password"},
    Article{"Q190015", "Batch logon of IIS 4.0 fails before SP4"},
    Article{"Q191138", "Anonymous accounts of IIS in a cluster"},
    Article{"Q200475", "Setting the logon domain with adsutil"},
    Article{"Q201851", "FrontPage: invalid anonymous user name (6020)"},
    Article{"Q207671", "Domain accounts, network logons and password sync"},
    Article{"Q216828", "What password sync does and does not do"},
    Article{"Q218756", "Logon types with password sync on and off"},
    Article{"Q224831", "Setup of IIS could not create its account"},
    Article{"Q230287", "Sync accepts a domain account and then fails"},
    Article{"Q234142", "IUSR and IWAM after a computer was renamed"},
    Article{"Q236007", "A demoted controller makes the IWAM account anew"},
    Article{"Q240941", "The metabase: keys, inheritance, tools"},
    Article{"Q241573", "Accounts of IIS 4.0 in a cluster"},
    Article{"Q245207", "The user rights of Windows NT 4.0"},
    Article{"Q247593", "401.1 Unauthorized: Logon failed (IIS 5.0)"},
    Article{"Q248739", "A cloned NT 4 cannot read its metabase secrets"},
    Article{"Q249603", "IIS 5.0 accounts in a cluster"},
    Article{"Q251394", "The net user command and its options"},
    Article{"Q253204", "Event 100: the server was unable to log on"},
    Article{"Q253667", "401.2: no way to authenticate fits"},
    Article{"Q259353", "Switching password sync removes the password"},
    Article{"Q263140", "Log on locally on a Windows 2000 controller"},
    Article{"Q264921", "Ways of IIS to authenticate and the rights they need"},
    Article{"Q269241", "Anonymous FTP without the WWW service"},
    Article{"Q272206", "Event 100 for account \".\" on a PDC"},
    Article{"Q275167", "Domain policy takes the rights of IIS away"},
    Article{"Q296720",
            "A long IWAM password stops IIS before Windows 2000 SP2"},
    Article{"Q297989", "Accounts of IIS and their passwords"},
    Article{"Q299256", "Anonymous FTP as Guest is refused"},
    Article{"Q300432", "dcpromo removes the accounts of IIS"},
    Article{"Q306450", "Event 100 of FTP: module not found"},
    Article{"WS03:cc737387", "The AnonymousPasswordSync property"},
    Article{"WS03:cc739654", "What sub-authentication needs in IIS 6.0"},
    Article{"WS03:cc779106", "What an upgrade to IIS 6.0 keeps"},
    Article{"WS03:cc782820", "The LogonMethod property of IIS 6.0"},
    Article{"WS03:cc783654", "Password sync after an upgrade to IIS 6.0"},
    Article{"IIS5SDK:cc338330", "The LogonMethod property of IIS 5.0"},
    Article{"iis-docs:anonymousAuthentication",
            "Anonymous authentication of web sites, IIS 7 and later"},
    Article{"iis-docs:built-in-accounts",
            "Built-in users and groups of IIS 7 and later"},
    Article{"iis-docs:configuration",
            "How IIS 7 and later reads its configuration"},
    Article{"iis-docs:ftp-anonymousAuthentication",
            "Anonymous authentication of FTP sites, FTP 7 and later"},
    Article{"iis-docs:locking",
            "Locked sections of the configuration, IIS 7 and later"},
    Article{"iis-docs:shared-configuration",
            "Shared configuration of IIS 7 and later"},
    Article{"itpro:blank-passwords",
            "Policy: local accounts with blank passwords"},
    Article{"itpro:deny-network", "Policy: deny access from the network"},
    Article{"itpro:sharing-model",
            "Policy: sharing and security model for local accounts"},
    Article{"itpro:user-rights", "Policy: user rights and who has them"},
    Article{"win32:account-rights-constants",
            "Logon rights and the Deny rights above them"},
};

}  // namespace

const Article* find_article(std::string_view id) {
  const auto* found =
      std::find_if(kArticles.begin(), kArticles.end(),
                   [&](const Article& article) { return article.id == id; });
  return found == kArticles.end() ? nullptr : &*found;
}

std::vector<const Article*> all_articles() {
  std::vector<const Article*> all;
  all.reserve(kArticles.size());
  for (const Article& article : kArticles) {
    all.push_back(&article);
  }
  return all;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kUnknown:
      return "unknown";
    case Severity::kFail:
      return "fail";
  }
  return "";
}

}  // namespace iisdiag::knowledge
