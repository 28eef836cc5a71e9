/// The unit of a server that always watches, with the rights that it needs only.
struct SystemdUnit {
  /// The command behind `wxtop`.
  let command: String
  let arguments: String
  let description: String

  static let metrics = SystemdUnit(
    command: "metrics", arguments: " --listen 127.0.0.1:9414",
    description: "Metrics of Weixin Official Accounts (wxtop)")
  static let monitor = SystemdUnit(
    command: "monitor", arguments: "", description: "Watch over Weixin Official Accounts (wxtop)")

  var text: String {
    """
    # /etc/systemd/system/wxtop-\(command).service, printed by: wxtop \(command) --systemd-unit
    #
    # The secret: put it in a file that only root reads, let systemd hand it over, and let the configuration fetch it there:
    #   /etc/wxtop/config.yaml:  secret_command: [cat, /run/credentials/wxtop-\(command).service/acme]

    [Unit]
    Description=\(description)
    Wants=network-online.target
    After=network-online.target
    StartLimitIntervalSec=10min
    StartLimitBurst=10

    [Service]
    Type=exec
    ExecStart=/usr/local/bin/wxtop \(command)\(arguments)
    ExecReload=/bin/kill -HUP $MAINPID
    Environment=WXTOP_CONFIG=/etc/wxtop/config.yaml
    Environment=WXTOP_ARCHIVE=/var/lib/wxtop/archive.sqlite
    Environment=XDG_STATE_HOME=/var/lib
    Environment=LANG=C.UTF-8
    #LoadCredential=acme:/etc/wxtop/acme.secret
    Restart=on-failure
    RestartSec=15s
    # Wrong arguments, credentials or configuration: somebody must act first.
    RestartPreventExitStatus=64 77 78
    # wxtop itself stops within 5 s.
    TimeoutStopSec=10s

    # One user for both units, since they share an archive; made for the time being where no package has made it.
    DynamicUser=yes
    User=wxtop
    StateDirectory=wxtop
    StateDirectoryMode=0700
    UMask=0077

    MemoryMax=256M
    TasksMax=64
    LimitCORE=0

    NoNewPrivileges=yes
    CapabilityBoundingSet=
    AmbientCapabilities=
    ProtectSystem=strict
    ProtectHome=yes
    PrivateTmp=yes
    PrivateDevices=yes
    PrivateUsers=yes
    ProtectClock=yes
    ProtectControlGroups=yes
    ProtectHostname=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectProc=invisible
    ProcSubset=pid
    RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallFilter=~@privileged @resources
    SystemCallErrorNumber=EPERM

    [Install]
    WantedBy=multi-user.target

    """
  }
}
