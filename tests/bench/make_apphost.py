"""Writes an applicationHost.config with many sites to standard output.

usage: make_apphost.py SITES

The same bytes for the same number. A site has two applications and a
<location> element of about the size that IIS Manager writes; 5,000 sites come
to about 20 MB. One site in ten has an anonymous account of its own, a third of
them with an encrypted password; one in fifty has anonymous access off.
"""

import sys

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<configuration>
    <configSections>
        <sectionGroup name="system.applicationHost">
            <section name="applicationPools" allowDefinition="AppHostOnly" />
            <section name="sites" allowDefinition="AppHostOnly" />
        </sectionGroup>
    </configSections>
    <system.applicationHost>
        <applicationPools>
            <add name="DefaultAppPool" />
            <applicationPoolDefaults>
                <processModel identityType="ApplicationPoolIdentity" />
            </applicationPoolDefaults>
        </applicationPools>
        <sites>
"""

SITE = """\
            <site name="Site {number:05}" id="{number}" serverAutoStart="true">
                <application path="/" applicationPool="DefaultAppPool">
                    <virtualDirectory path="/" \
physicalPath="D:\\sites\\site{number:05}\\wwwroot" />
                    <virtualDirectory path="/images" \
physicalPath="D:\\sites\\site{number:05}\\images" />
                </application>
                <application path="/shop" applicationPool="DefaultAppPool">
                    <virtualDirectory path="/" \
physicalPath="D:\\sites\\site{number:05}\\shop" />
                </application>
                <bindings>
                    <binding protocol="http" \
bindingInformation="*:80:www.site{number:05}.example" />
                    <binding protocol="https" \
bindingInformation="*:443:www.site{number:05}.example" sslFlags="1" />
                </bindings>
                <logFile directory="D:\\logs\\site{number:05}" />
            </site>
"""

MIDDLE = """\
            <siteDefaults>
                <logFile logFormat="W3C" \
directory="%SystemDrive%\\inetpub\\logs\\LogFiles" />
            </siteDefaults>
        </sites>
    </system.applicationHost>
    <system.webServer>
        <security>
            <authentication>
                <anonymousAuthentication enabled="true" userName="IUSR" />
            </authentication>
        </security>
    </system.webServer>
"""

LOCATION = """\
    <location path="Site {number:05}" overrideMode="Allow">
        <system.webServer>
            <handlers accessPolicy="Read, Script">
{handlers}\
            </handlers>
            <security>
                <authentication>
                    <anonymousAuthentication {anonymous} />
                    <basicAuthentication enabled="false" />
                    <windowsAuthentication enabled="false">
                        <providers>
                            <add value="Negotiate" />
                            <add value="NTLM" />
                        </providers>
                    </windowsAuthentication>
                </authentication>
            </security>
            <httpErrors errorMode="DetailedLocalOnly" />
        </system.webServer>
    </location>
"""

HANDLER = """\
                <add name="Handler{index}" path="*.h{index}" verb="GET,HEAD" \
modules="IsapiModule" scriptProcessor="%windir%\\system32\\inetsrv\\\
handler{index}.dll" resourceType="File" requireAccess="Script" />
"""


def anonymous(number):
    if number % 50 == 0:
        return 'enabled="false"'
    if number % 10:
        return 'enabled="true"'
    account = f'enabled="true" userName="WEB01\\site{number:05}"'
    if number % 30:
        return account
    return (f'{account} password="[enc:IISWASOnlyAesProvider:'
            f'{"A" * 84}{number:05}=:enc]"')


def main():
    sites = range(1, int(sys.argv[1]) + 1)
    handlers = "".join(HANDLER.format(index=index) for index in range(13))
    out = sys.stdout
    out.write(HEAD)
    out.writelines(SITE.format(number=number) for number in sites)
    out.write(MIDDLE)
    out.writelines(LOCATION.format(number=number, handlers=handlers,
                                   anonymous=anonymous(number))
                   for number in sites)
    out.write("</configuration>\n")


if __name__ == "__main__":
    main()
